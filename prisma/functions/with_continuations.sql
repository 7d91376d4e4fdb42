-- Rows of a run, and the findings of those that look like one document with the page before or after them:
-- whoever approves one by one would pay a part of it. Not where a person has said to which document it
-- belongs.
CREATE OR REPLACE FUNCTION with_continuations(p_job "JobThread", p_docs "Doc"[]) RETURNS "Doc"[]
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
  WITH given AS MATERIALIZED (
    SELECT page AS doc, page.page_number, page.doc_type, page.ocr_payload, EXISTS (
      SELECT FROM "Doc" AS kept JOIN "DocPlacement" AS placement ON placement.doc_id = kept.id
      WHERE kept.job_thread_id = p_job.id AND kept.page_number = page.page_number
        AND placement.page_content = page_content(page.storage_uri)) AS is_placed
    FROM unnest(p_docs) AS page
  ), reasons AS MATERIALIZED (
    SELECT given.page_number, continues_page(coalesce(before.doc_type, kept.doc_type),
      coalesce(before.ocr_payload, kept.ocr_payload), given.doc_type, given.ocr_payload) AS reason
    FROM given
    LEFT JOIN given AS before ON before.page_number = given.page_number - 1
    LEFT JOIN "Doc" AS kept ON kept.job_thread_id = p_job.id AND kept.page_number = given.page_number - 1
      AND before.page_number IS NULL
    WHERE NOT given.is_placed
  ), found AS (
    SELECT page_number, jsonb_build_object('code', 'document.continues', 'path', '', 'severity', 'warning',
      'message', format('It looks like a continuation of page %s. %s', page_number - 1, reason)) AS finding
    FROM reasons WHERE reason IS NOT NULL
    UNION ALL
    SELECT page_number - 1, jsonb_build_object('code', 'document.continued', 'path', '', 'severity', 'warning',
      'message', format('Page %s looks like its continuation.', page_number))
    FROM reasons WHERE reason IS NOT NULL
  )
  SELECT coalesce(array_agg(CASE WHEN findings IS NULL THEN doc ELSE jsonb_populate_record(doc, jsonb_build_object(
    'needs_review', true,
    'ocr_payload', jsonb_set((doc).ocr_payload, '{findings}',
      coalesce((doc).ocr_payload -> 'findings', '[]') || findings))) END ORDER BY page_number), '{}')
  FROM given LEFT JOIN (
    SELECT page_number, jsonb_agg(finding) AS findings FROM found GROUP BY page_number) AS noted USING (page_number)
$$;
