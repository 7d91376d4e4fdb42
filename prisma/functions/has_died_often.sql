-- Whether a job's runs have ended without a word so often that one more would be in vain.
CREATE OR REPLACE FUNCTION has_died_often(job "JobThread") RETURNS boolean
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
  SELECT count(*) >= 3 FROM "JobAttempt"
  WHERE job_thread_id = job.id AND outcome = 'superseded'
    AND started_at > clock_timestamp() - interval '1 day'
$$;
