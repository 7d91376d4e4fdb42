-- Rows of a run, and the findings of those of which a bill and its e-way bill say different things: with
-- another page of the run, of the job, or of an upload that was there before.
CREATE OR REPLACE FUNCTION with_bundles(p_job "JobThread", p_docs "Doc"[]) RETURNS "Doc"[]
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  docs "Doc"[] := '{}';
  doc "Doc";
  pair record;
  differences jsonb;
BEGIN
  FOR pair IN
    WITH given AS MATERIALIZED (
      SELECT page AS doc, page.page_number, page.doc_type, page.ocr_payload -> 'fields' AS fields,
        bundle_keys(page.doc_type, page.ocr_payload -> 'fields') AS keys
      FROM unnest(p_docs) AS page
    ), keyed AS MATERIALIZED (
      SELECT page_number, doc_type, fields, key FROM given, unnest(keys) AS key
    ), beside AS MATERIALIZED (
      SELECT DISTINCT ON (one.page_number) one.page_number, jsonb_build_object('doc_type', other.doc_type,
        'page_number', other.page_number, 'job_id', p_job.id, 'fields', other.fields) AS said
      FROM keyed AS one JOIN keyed AS other ON other.key = one.key AND other.doc_type <> one.doc_type
      WHERE CASE one.doc_type WHEN 'bill' THEN is_bundle(one.fields, other.fields)
        ELSE is_bundle(other.fields, one.fields) END
      ORDER BY one.page_number, other.page_number
    )
    SELECT given.doc, coalesce(beside.said, (
      SELECT jsonb_build_object('doc_type', other.doc_type, 'page_number', other.page_number,
        'job_id', other.job_thread_id, 'file_name', job.file_name, 'fields', fields_of_document(other))
      FROM "Doc" AS other JOIN "JobThread" AS job ON job.id = other.job_thread_id
      WHERE cardinality(given.keys) > 0 AND other.bundle_keys && given.keys
        AND other.user_id = p_job.user_id AND other.doc_type <> given.doc_type
        AND other.doc_type <> 'unknown' AND other.review <> 'rejected'
        AND CASE WHEN other.job_thread_id = p_job.id
          THEN NOT EXISTS (SELECT FROM given AS again WHERE again.page_number = other.page_number)
          ELSE other.created_at < coalesce((SELECT created_at FROM "Doc"
            WHERE job_thread_id = p_job.id AND page_number = given.page_number), 'infinity') END
        AND CASE given.doc_type WHEN 'bill' THEN is_bundle(given.fields, fields_of_document(other))
          ELSE is_bundle(fields_of_document(other), given.fields) END
      ORDER BY other.created_at, other.page_number LIMIT 1)) AS found
    FROM given LEFT JOIN beside USING (page_number)
  LOOP
    doc := pair.doc;
    differences := bundle_findings(doc.doc_type, doc.ocr_payload -> 'fields', pair.found -> 'fields',
      bundle_place((pair.found ->> 'doc_type')::"DocType", (pair.found ->> 'page_number')::integer,
        pair.found ->> 'file_name', (pair.found ->> 'job_id')::uuid, p_job.id));
    IF pair.found IS NOT NULL AND differences <> '[]' THEN
      doc.needs_review := true;
      doc.ocr_payload := jsonb_set(doc.ocr_payload, '{findings}',
        coalesce(doc.ocr_payload -> 'findings', '[]') || differences);
    END IF;
    docs := docs || doc;
  END LOOP;
  RETURN docs;
END
$$;
