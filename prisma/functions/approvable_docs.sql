-- The documents that can be approved without a look at them, of the jobs that a filter leaves
-- (listing_condition), each by its first page: which, the version that is meant, and how many pages it has,
-- the oldest first.
CREATE OR REPLACE FUNCTION approvable_docs(p_filter jsonb, p_limit integer) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  answer jsonb;
BEGIN
  EXECUTE format($query$
    SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'version', version, 'pages', pages)), '[]') FROM (
      SELECT doc.id, doc.version, (SELECT 1 + count(*) FROM "Doc" AS page WHERE page.head_id = doc.id) AS pages FROM (
        SELECT job_thread_id FROM "JobListing" WHERE approvable > 0 AND %s
        ORDER BY created_at, job_thread_id LIMIT %s) AS job
      JOIN "Doc" AS doc USING (job_thread_id)
      WHERE is_approvable(doc) AND effective_fields(doc) IS NOT NULL
      ORDER BY doc.created_at, doc.id LIMIT %2$s) AS page
    $query$, listing_condition(p_filter), p_limit) INTO answer;
  RETURN answer;
END
$$;
