-- Puts a job aside until its model answers again, and opens the model's breaker. A probe that fails
-- opens it for twice as long as the time before.
CREATE OR REPLACE FUNCTION park_job(
  p_job_id uuid,
  p_token text,
  p_model_id text,
  p_reason text,
  p_probe_seconds integer,
  p_longest_probe_seconds integer
) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  job "JobThread" := hold_job(p_job_id, p_token);
  breaker "ModelBreaker";
BEGIN
  IF job.status = 'waiting' THEN
    RETURN; -- Its answer was lost.
  END IF;
  IF job.status <> 'processing' THEN
    RAISE EXCEPTION 'job % is %, not processing', p_job_id, job.status USING ERRCODE = 'BS003';
  END IF;
  UPDATE "JobThread" SET
    status = 'waiting', waiting_since = coalesce(waiting_since, clock_timestamp()),
    waiting_for = p_model_id, waiting_reason = p_reason, resume_at = clock_timestamp(),
    lease_until = NULL
  WHERE id = p_job_id;

  INSERT INTO "ModelBreaker" (model_id) VALUES (p_model_id) ON CONFLICT DO NOTHING;
  SELECT * INTO breaker FROM "ModelBreaker" WHERE model_id = p_model_id FOR UPDATE;
  IF breaker.state IN ('closed', 'half_open') THEN
    UPDATE "ModelBreaker" SET
      state = 'open', reason = p_reason, allowance = 0, openings = openings + 1,
      probe_at = clock_timestamp() + make_interval(secs =>
        least(p_longest_probe_seconds, p_probe_seconds * 2.0 ^ least(openings, 20))),
      updated_at = clock_timestamp()
    WHERE model_id = p_model_id
    RETURNING * INTO breaker;
    PERFORM note_breaker(breaker, 'system');
  END IF;
END
$$;
