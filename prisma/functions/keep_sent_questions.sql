-- Notes what a run has sent to its provider's batch interface, and keeps the job for it from now on: the
-- lease of a claim is shorter than a batch may take, and is renewed at every look for its answers.
CREATE OR REPLACE FUNCTION keep_sent_questions(
  p_job_id uuid,
  p_token text,
  p_sent jsonb,
  p_sent_at timestamptz,
  p_lease_seconds integer
) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  job "JobThread" := hold_job(p_job_id, p_token);
BEGIN
  UPDATE "JobThread" SET
    sent_questions = p_sent, questions_sent_at = p_sent_at,
    -- One that was cancelled meanwhile has none: what was sent is noted all the same, to be stopped.
    lease_until = CASE WHEN job.status = 'processing'
      THEN clock_timestamp() + make_interval(secs => p_lease_seconds) END
  WHERE id = p_job_id;
END
$$;
