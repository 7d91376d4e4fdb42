-- A row of a run, and the finding that the document was uploaded before, where it was: whoever pays a
-- bill because it is here has to know that it was here already. Of two, the one whose row was first
-- stays as it is, whichever is read again. Pages of one upload may well be of one document.
CREATE OR REPLACE FUNCTION with_duplicate(p_job "JobThread", p_doc "Doc") RETURNS "Doc"
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  key text := document_key(p_doc.doc_type, p_doc.ocr_payload);
  seen text := CASE WHEN p_doc.doc_type <> 'unknown' THEN picture(p_doc.storage_uri) END;
  since timestamptz := (
    SELECT created_at FROM "Doc" WHERE job_thread_id = p_job.id AND page_number = p_doc.page_number);
  earlier record;
BEGIN
  SELECT doc.page_number, doc.document_key, job.id, job.file_name, job.created_at INTO earlier
  FROM "Doc" AS doc JOIN "JobThread" AS job ON job.id = doc.job_thread_id
  WHERE doc.user_id = p_job.user_id AND doc.job_thread_id <> p_job.id AND doc.doc_type <> 'unknown'
    AND (doc.document_key = key OR doc.picture = seen) AND (since IS NULL OR doc.created_at < since)
  ORDER BY doc.created_at, doc.id LIMIT 1;
  IF FOUND THEN
    p_doc.needs_review := true;
    p_doc.ocr_payload := jsonb_set(p_doc.ocr_payload, '{findings}',
      coalesce(p_doc.ocr_payload -> 'findings', '[]') || jsonb_build_object(
        'code', 'document.duplicate',
        'path', CASE WHEN earlier.document_key = key THEN
          CASE p_doc.doc_type WHEN 'bill' THEN '/invoice_number' ELSE '/eway_bill_number' END ELSE '' END,
        'message', format('The same %s was uploaded before: page %s of %s, on %s (job %s).',
          CASE WHEN earlier.document_key = key THEN 'document' ELSE 'picture' END,
          earlier.page_number,
          coalesce('"' || earlier.file_name || '"', 'another file'),
          to_char(earlier.created_at AT TIME ZONE 'UTC', 'FMDD Mon YYYY'),
          left(earlier.id::text, 8)),
        'severity', 'error'));
  END IF;
  RETURN p_doc;
END
$$;
