-- A row with what a reviewer needs: the fields that count, the keys of the lines of its tables, as they
-- count and as they were read, the corrections that stand, what was decided, of which document it is a page
-- (document_in_review), which other documents of the user are this one, and which belong to it.
CREATE OR REPLACE FUNCTION doc_for_review(p_doc_id uuid) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  doc "Doc";
  head "Doc";
  corrected record;
BEGIN
  SELECT * INTO doc FROM "Doc" WHERE id = p_doc_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'There is no such page any more.' USING ERRCODE = 'BS007';
  END IF;
  SELECT * INTO head FROM "Doc" WHERE id = coalesce(doc.head_id, doc.id);
  corrected := corrected_doc(doc);
  RETURN jsonb_build_object(
    'doc', to_jsonb(doc),
    'fields', corrected.fields,
    'lines', corrected.lines,
    'read_lines', (
      SELECT coalesce(jsonb_object_agg(key, (
        SELECT coalesce(jsonb_agg(line_key ORDER BY line_number), '[]') FROM keyed_lines(value))), '{}')
      FROM jsonb_each(CASE WHEN corrected.fields IS NULL THEN '{}' ELSE doc.ocr_payload -> 'fields' END)
      WHERE is_table(value)),
    'same', (
      SELECT coalesce(jsonb_agg(jsonb_build_object('job_thread_id', other.job_thread_id, 'page_number',
        other.page_number, 'file_name', job.file_name, 'created_at', other.created_at)), '[]')
      FROM (
        SELECT * FROM "Doc" WHERE user_id = doc.user_id AND document_key = head.document_key
          AND job_thread_id <> doc.job_thread_id AND review <> 'rejected'
        ORDER BY created_at LIMIT 3) AS other
      JOIN "JobThread" AS job ON job.id = other.job_thread_id),
    'bundle', (
      SELECT coalesce(jsonb_agg(jsonb_build_object('id', other.id, 'job_thread_id', other.job_thread_id,
        'page_number', other.page_number, 'doc_type', other.doc_type, 'file_name', job.file_name,
        'differences', bundle_findings(head.doc_type, fields_of_document(head), fields_of_document(other),
          bundle_place(other.doc_type, other.page_number, job.file_name, job.id, doc.job_thread_id)))), '[]')
      FROM bundle_of(head) AS other JOIN "JobThread" AS job ON job.id = other.job_thread_id),
    'document', document_in_review(doc),
    'corrections', (
      SELECT coalesce(jsonb_agg(jsonb_build_object('path', path, 'base', base, 'old', old, 'new', new,
        'actor', actor, 'created_at', created_at)), '[]')
      FROM standing_corrections(doc)),
    'decisions', (
      SELECT coalesce(jsonb_agg(jsonb_build_object('review', review, 'reason', reason, 'actor', actor,
        'created_at', created_at) ORDER BY created_at, id), '[]')
      FROM "DocDecision" WHERE doc_id = doc.id));
END
$$;
