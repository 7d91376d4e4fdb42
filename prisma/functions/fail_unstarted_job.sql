-- Ends a job whose upload arrived but whose execution never started.
CREATE OR REPLACE FUNCTION fail_unstarted_job(p_job_id uuid, p_error text, p_error_message text)
RETURNS boolean
LANGUAGE sql SECURITY INVOKER SET search_path = public, pg_temp AS $$
  WITH failed AS (
    UPDATE "JobThread" SET
      status = 'error', error = said(p_error, 'Unnamed'),
      error_message = said(p_error_message, 'The run failed without saying why. Retry the job.'),
      failed_at = clock_timestamp()
    WHERE id = p_job_id AND status = 'uploaded'
    RETURNING id
  )
  SELECT EXISTS (SELECT FROM failed)
$$;
