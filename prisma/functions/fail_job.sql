-- Ends the job of a failed execution. One that was parked, ended, or taken over stays as it is.
CREATE OR REPLACE FUNCTION fail_job(p_execution text, p_error text, p_error_message text)
RETURNS uuid
LANGUAGE sql SECURITY INVOKER SET search_path = public, pg_temp AS $$
  UPDATE "JobThread" SET
    status = 'error', error = said(p_error, 'Unnamed'),
    error_message = said(p_error_message, 'The run failed without saying why. Retry the job.'),
    failed_at = clock_timestamp(), lease_until = NULL, waiting_since = NULL
  WHERE execution = p_execution AND status = 'processing'
  RETURNING id
$$;
