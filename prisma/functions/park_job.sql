-- Puts a job aside until its model answers again. The model's breaker opens where calls of two jobs or
-- more have failed in the last ten minutes, and no fewer than succeeded: one page that a model can't
-- cope with stops nobody else. Until it opens, the job alone waits, twice as long after every run
-- that ended so; and a probe that fails opens it for twice as long as the time before.
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
  waits integer;
  is_down boolean;
BEGIN
  IF job.status = 'waiting' THEN
    RETURN; -- Its answer was lost.
  END IF;
  IF job.status <> 'processing' THEN
    RAISE EXCEPTION 'job % is %, not processing', p_job_id, job.status USING ERRCODE = 'BS003';
  END IF;
  SELECT count(*) INTO waits FROM "JobAttempt"
    WHERE job_thread_id = p_job_id AND attempt < job.attempt AND attempt > coalesce((
      SELECT max(attempt) FROM "JobAttempt"
      WHERE job_thread_id = p_job_id AND attempt < job.attempt AND outcome IS DISTINCT FROM 'waiting'), 0);
  UPDATE "JobThread" SET
    status = 'waiting', waiting_since = coalesce(waiting_since, clock_timestamp()),
    waiting_for = p_model_id, waiting_reason = p_reason,
    resume_at = clock_timestamp() + make_interval(secs =>
      least(p_longest_probe_seconds, p_probe_seconds * 2.0 ^ least(waits, 20))),
    lease_until = NULL
  WHERE id = p_job_id;

  INSERT INTO "ModelBreaker" (model_id) VALUES (p_model_id) ON CONFLICT DO NOTHING;
  SELECT * INTO breaker FROM "ModelBreaker" WHERE model_id = p_model_id FOR UPDATE;
  IF breaker.state = 'closed' THEN
    SELECT count(DISTINCT job_thread_id) FILTER (WHERE has_failed) >= 2
        AND count(*) FILTER (WHERE has_failed) * 2 >= count(*)
      INTO is_down
      FROM (
        SELECT job_thread_id, outcome IN ('ModelUnavailable', 'ModelThrottled') AS has_failed
        FROM "ModelCall"
        WHERE model_id = p_model_id AND created_at > clock_timestamp() - interval '10 minutes') AS calls;
  ELSE
    is_down := breaker.state = 'half_open'
      AND coalesce(breaker.last_ok_at, '-infinity') < breaker.released_at;
  END IF;
  IF is_down THEN
    UPDATE "ModelBreaker" SET
      state = 'open', reason = p_reason, allowance = 0, openings = openings + 1,
      probe_at = clock_timestamp() + make_interval(secs =>
        least(p_longest_probe_seconds, p_probe_seconds * 2.0 ^ least(openings, 20))),
      updated_at = clock_timestamp()
    WHERE model_id = p_model_id
    RETURNING * INTO breaker;
    PERFORM note_breaker(breaker, 'system');
  END IF;
  IF breaker.state <> 'closed' THEN
    -- The breaker says when now, one job after the other.
    UPDATE "JobThread" SET resume_at = clock_timestamp() WHERE id = p_job_id;
  END IF;
END
$$;
