-- What a run is told that the job is granted to.
CREATE OR REPLACE FUNCTION granted(job "JobThread") RETURNS jsonb
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT jsonb_build_object(
    'outcome', 'granted', 'token', job.run_token, 'attempt', job.attempt, 'user_id', job.user_id,
    'upload', job.upload, 'replay', job.replay, 'types', corrected_types(job.id))
$$;
