-- Locks the job and refuses a stale token. No token is one, also of a job that no run holds.
CREATE OR REPLACE FUNCTION hold_job(p_job_id uuid, p_token text) RETURNS "JobThread"
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  job "JobThread";
BEGIN
  SELECT * INTO job FROM "JobThread" WHERE id = p_job_id FOR UPDATE;
  IF NOT FOUND OR p_token IS NULL OR job.run_token IS DISTINCT FROM p_token THEN
    RAISE EXCEPTION 'job % is not held under token %', p_job_id, p_token USING ERRCODE = 'BS003';
  END IF;
  RETURN job;
END
$$;
