-- Writes down what the list says of the pages of jobs. Of two that change pages of one job at once, the
-- second one looks when the first is done.
CREATE OR REPLACE FUNCTION sum_up_jobs(p_job_ids uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM FROM "JobListing" WHERE job_thread_id = ANY (p_job_ids) ORDER BY job_thread_id FOR UPDATE;
  UPDATE "JobListing" AS listing SET
    party = coalesce(first.party, ''), number = coalesce(first.number, ''),
    date = coalesce(first.date, ''), amount = first.amount, doc_types = docs.doc_types,
    pages = docs.pages, to_review = docs.to_review, flagged = docs.flagged,
    approvable = docs.approvable, approved = docs.approved, duplicates = docs.duplicates
  FROM unnest(p_job_ids) AS job (id)
  CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(DISTINCT doc_type), '{}') AS doc_types, count(*) AS pages,
      count(*) FILTER (WHERE review = 'to_review') AS to_review,
      count(*) FILTER (WHERE needs_review) AS flagged,
      count(*) FILTER (WHERE is_approvable("Doc")) AS approvable,
      count(*) FILTER (WHERE review = 'approved') AS approved,
      count(*) FILTER (WHERE is_duplicate("Doc")) AS duplicates
    FROM "Doc" WHERE job_thread_id = job.id) AS docs
  LEFT JOIN LATERAL (
    SELECT printed.* FROM "Doc", LATERAL listed_fields(fields_of_document("Doc")) AS printed
    WHERE job_thread_id = job.id AND doc_type <> 'unknown' AND error IS NULL AND head_id IS NULL
    ORDER BY page_number LIMIT 1) AS first ON true
  WHERE listing.job_thread_id = job.id;
END
$$;
