-- Whoever changes what a row says: its corrections count over what was read, also for telling documents
-- apart, by which a document of several pages goes that its first page stands for; an approval holds as long as what was approved still stands, and a person's word ends the doubt.
CREATE OR REPLACE FUNCTION settle_doc() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  corrected record;
  reason text;
BEGIN
  corrected := corrected_doc(NEW);
  NEW.corrected_fields := CASE WHEN corrected.is_corrected THEN corrected.fields END;
  NEW.conflicts := corrected.conflicts;
  NEW.document_key := CASE WHEN NEW.head_id IS NULL THEN
    document_key(NEW.doc_type, jsonb_build_object('fields', fields_of_document(NEW))) END;
  NEW.picture := picture(NEW.storage_uri);
  NEW.bundle_keys := CASE WHEN NEW.head_id IS NULL THEN bundle_keys(NEW.doc_type, fields_of_document(NEW)) ELSE '{}' END;

  IF OLD.review <> 'to_review' AND NEW.review = OLD.review THEN
    reason := CASE
      WHEN NOT NEW.conflicts <@ OLD.conflicts THEN 'A later reading disagrees with a correction.'
      WHEN NEW.review = 'approved' AND ((NEW.doc_type = 'unknown' AND NEW.head_id IS NULL) OR NEW.error IS NOT NULL
        OR NEW.approved_hash IS DISTINCT FROM approval_hash(NEW))
        THEN 'The page says something else than what was approved.'
      WHEN NEW.review = 'rejected' AND doc_content(NEW) <> doc_content(OLD)
        THEN 'The page was read again since it was rejected.' END;
    IF reason IS NOT NULL THEN
      NEW.review := 'to_review';
      NEW.needs_review := true;
      NEW.review_note := reason;
      NEW.reviewed_by := NULL;
      NEW.reviewed_at := NULL;
      NEW.approved_hash := NULL;
      INSERT INTO "DocDecision" (doc_id, user_id, review, reason, fields, actor)
        VALUES (NEW.id, NEW.user_id, 'to_review', reason, effective_fields(NEW), 'system');
    END IF;
  END IF;
  NEW.needs_review := NEW.review = 'to_review'
    AND (NEW.needs_review OR cardinality(NEW.conflicts) > 0);

  IF NEW.version = OLD.version AND (doc_content(NEW), NEW.corrected_fields, NEW.conflicts, NEW.review,
      NEW.needs_review) IS DISTINCT FROM
    (doc_content(OLD), OLD.corrected_fields, OLD.conflicts, OLD.review, OLD.needs_review) THEN
    NEW.version := OLD.version + 1;
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER settle_doc BEFORE UPDATE OF doc_type, ocr_payload, storage_uri, error,
  needs_review, review, version ON "Doc"
  FOR EACH ROW EXECUTE FUNCTION settle_doc();
