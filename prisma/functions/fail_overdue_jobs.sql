-- Ends what it is no use to go on with: jobs whose runs have ended without a word again and again, and
-- jobs that have waited for their model for too long.
CREATE OR REPLACE FUNCTION fail_overdue_jobs(p_longest_wait_seconds integer, p_limit integer DEFAULT 100)
RETURNS TABLE (job_id uuid, error text)
LANGUAGE sql SECURITY INVOKER SET search_path = public, pg_temp AS $$
  WITH overdue AS (
    SELECT id, status, waiting_for, waiting_since, waiting_reason FROM "JobThread" AS dead
    WHERE (status = 'processing' AND lease_until < clock_timestamp() AND has_died_often(dead))
       OR (status = 'waiting'
           AND waiting_since < clock_timestamp() - make_interval(secs => p_longest_wait_seconds))
    ORDER BY coalesce(lease_until, waiting_since)
    LIMIT p_limit
    FOR UPDATE SKIP LOCKED
  )
  UPDATE "JobThread" AS job SET
    status = 'error',
    error = CASE overdue.status WHEN 'waiting' THEN 'ModelUnavailable' ELSE 'LeaseExpired' END,
    error_message = CASE overdue.status
      WHEN 'waiting' THEN format(
        'The model %s has not answered since %s UTC (%s). Retry the job when it answers again, or choose another model.',
        overdue.waiting_for, to_char(overdue.waiting_since AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'),
        coalesce(overdue.waiting_reason, 'no reason was given'))
      ELSE 'Its runs have ended without a word, three times in a day. Look at the logs of the job before you retry it.' END,
    failed_at = clock_timestamp(), lease_until = NULL, waiting_since = NULL, resume_at = NULL
  FROM overdue WHERE job.id = overdue.id
  RETURNING job.id, job.error
$$;
