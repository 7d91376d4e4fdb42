-- What a row says, for telling whether another says the same.
CREATE OR REPLACE FUNCTION doc_content(doc "Doc") RETURNS jsonb
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT jsonb_build_object(
    'doc_type', doc.doc_type, 'ocr_payload', doc.ocr_payload, 'storage_uri', doc.storage_uri,
    'schema_version', doc.schema_version, 'model_id', doc.model_id,
    'prompt_version', doc.prompt_version, 'confidence', doc.confidence, 'error', doc.error)
$$;
