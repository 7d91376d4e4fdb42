-- Of a new row: what becomes of it later is settle_doc's, which knows its corrections.
CREATE OR REPLACE FUNCTION keep_document_key() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  NEW.document_key := document_key(NEW.doc_type, NEW.ocr_payload);
  NEW.picture := picture(NEW.storage_uri);
  NEW.bundle_keys := bundle_keys(NEW.doc_type, NEW.ocr_payload -> 'fields');
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER keep_document_key BEFORE INSERT ON "Doc"
  FOR EACH ROW EXECUTE FUNCTION keep_document_key();
