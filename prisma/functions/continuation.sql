-- By what a page is plainly the continuation of the page before it in its upload, where nobody has said to
-- which document it belongs, and about neither is decided; null where it is not.
CREATE OR REPLACE FUNCTION continuation(doc "Doc") RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT continues_page(before.doc_type, jsonb_build_object('text', before.ocr_payload -> 'text', 'fields', effective_fields(before)),
    doc.doc_type, jsonb_build_object('text', doc.ocr_payload -> 'text', 'fields', effective_fields(doc)))
  FROM "Doc" AS before
  WHERE before.job_thread_id = doc.job_thread_id AND before.page_number = doc.page_number - 1
    AND doc.review = 'to_review' AND before.review = 'to_review'
    AND (SELECT document_id FROM "DocPlacement"
      WHERE doc_id = doc.id AND page_content = page_content(doc.storage_uri)
      ORDER BY doc_version DESC LIMIT 1) IS NULL
$$;
