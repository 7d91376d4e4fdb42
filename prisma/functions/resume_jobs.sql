-- The waiting jobs that may start now; who was tried last comes last. One probe where a breaker's time is over; then,
-- as long as the model answers, twice as many each time; in the end all, and the breaker is closed.
-- A job that is given out is not given out again for five minutes.
CREATE OR REPLACE FUNCTION resume_jobs(p_limit integer DEFAULT 50) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  breaker "ModelBreaker";
  waiting integer;
  released integer;
  next_state "BreakerState";
BEGIN
  FOR breaker IN SELECT * FROM "ModelBreaker" WHERE state <> 'paused' ORDER BY model_id FOR UPDATE
  LOOP
    SELECT count(*) INTO waiting FROM "JobThread"
      WHERE status = 'waiting' AND waiting_for = breaker.model_id;
    next_state := breaker.state;
    released := 0;
    IF breaker.state = 'closed' THEN
      released := p_limit;
    ELSIF breaker.state = 'open' THEN
      IF breaker.probe_at <= clock_timestamp() AND waiting > 0 THEN
        next_state := 'half_open';
        released := 1;
      END IF;
    ELSIF breaker.last_ok_at >= breaker.released_at THEN
      released := least(breaker.allowance * 2, p_limit);
      IF released >= waiting THEN
        next_state := 'closed';
      END IF;
    ELSIF breaker.released_at < clock_timestamp() - interval '10 minutes' THEN
      released := 1; -- Nothing was heard of the probe.
    END IF;

    IF released > 0 THEN
      UPDATE "ModelBreaker" SET
        state = next_state,
        reason = CASE next_state WHEN 'closed' THEN 'the model answers' ELSE reason END,
        openings = CASE next_state WHEN 'closed' THEN 0 ELSE openings END,
        allowance = CASE next_state WHEN 'closed' THEN 0 ELSE released END,
        released_at = clock_timestamp(),
        updated_at = clock_timestamp()
      WHERE model_id = breaker.model_id
      RETURNING * INTO breaker;
      IF NOT EXISTS (
        SELECT FROM "BreakerEvent" WHERE model_id = breaker.model_id
          AND created_at = (SELECT max(created_at) FROM "BreakerEvent"
                            WHERE model_id = breaker.model_id)
          AND state = breaker.state)
      THEN
        PERFORM note_breaker(breaker, 'system');
      END IF;
      RETURN QUERY
        UPDATE "JobThread" SET resume_at = clock_timestamp() + interval '5 minutes'
        WHERE id IN (
          SELECT id FROM "JobThread"
          WHERE status = 'waiting' AND waiting_for = breaker.model_id
            AND resume_at <= clock_timestamp()
          ORDER BY resume_at, waiting_since, id
          LIMIT released
          FOR UPDATE SKIP LOCKED)
        RETURNING id;
    END IF;
  END LOOP;
END
$$;
