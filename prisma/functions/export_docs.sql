-- Documents of a type, each by its first page, for other programs, of all jobs or of those that a filter leaves (listing_condition),
-- with the fields that count: in the order in which it was decided
-- about them, where that is asked for, otherwise in which they were first read. What is after a page that
-- was given before is what has come since: decisions that are under way are waited for, and times are of
-- whole milliseconds, so that none that comes later has an earlier one.
CREATE OR REPLACE FUNCTION export_docs(
  p_doc_type "DocType",
  p_review "ReviewStatus" DEFAULT NULL,
  p_user_id uuid DEFAULT NULL,
  p_after timestamptz DEFAULT NULL,
  p_after_id uuid DEFAULT NULL,
  p_limit integer DEFAULT 500,
  p_filter jsonb DEFAULT NULL
) RETURNS jsonb
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  is_decided boolean := coalesce(p_review IN ('approved', 'rejected'), false);
  until timestamptz;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('decide_doc', 0));
  until := clock_timestamp() - interval '1 millisecond';
  RETURN (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
      'id', doc.id, 'job_id', doc.job_thread_id, 'file_name', job.file_name,
      'page_number', doc.page_number, 'pages', (
        SELECT jsonb_agg(page_number ORDER BY place) FROM "Doc" AS page WHERE page.id = doc.id OR page.head_id = doc.id),
      'doc_type', doc.doc_type, 'review', doc.review,
      'reviewed_by', doc.reviewed_by, 'at', doc.at, 'needs_review', doc.needs_review,
      'bundle', (SELECT coalesce(jsonb_agg(other -> 'id'), '[]') FROM jsonb_array_elements(bundled(doc.id)) AS other),
      'fields', doc.fields) ORDER BY doc.at, doc.id), '[]')
    FROM (
      (SELECT id, job_thread_id, page_number, doc_type, review, reviewed_by, reviewed_at AS at,
        needs_review, fields_of_document("Doc") AS fields
      FROM "Doc"
      WHERE is_decided AND review = p_review AND doc_type = p_doc_type AND error IS NULL AND head_id IS NULL
        AND (p_user_id IS NULL OR user_id = p_user_id)
        AND (p_filter IS NULL OR job_thread_id IN (SELECT listed_jobs(p_filter)))
        AND reviewed_at < until
        AND (p_after IS NULL OR (reviewed_at, id) > (p_after, p_after_id))
      ORDER BY reviewed_at, id LIMIT p_limit)
      UNION ALL
      (SELECT id, job_thread_id, page_number, doc_type, review, reviewed_by, created_at AS at,
        needs_review, fields_of_document("Doc") AS fields
      FROM "Doc"
      WHERE NOT is_decided AND (p_review IS NULL OR review = p_review) AND doc_type = p_doc_type
        AND error IS NULL AND head_id IS NULL AND (p_user_id IS NULL OR user_id = p_user_id)
        AND (p_filter IS NULL OR job_thread_id IN (SELECT listed_jobs(p_filter)))
        AND created_at < until
        AND (p_after IS NULL OR (created_at, id) > (p_after, p_after_id))
      ORDER BY created_at, id LIMIT p_limit)
    ) AS doc JOIN "JobThread" AS job ON job.id = doc.job_thread_id);
END
$$;
