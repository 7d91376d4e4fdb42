-- Notes how an attempt to send an event went: who has it by now, and whether it is tried again, after
-- p_retry_seconds, or over (p_outcome). A call that no longer has the event is refused.
CREATE OR REPLACE FUNCTION settle_event(
  p_id uuid,
  p_token text,
  p_taken_by text[],
  p_outcome text DEFAULT NULL,
  p_failure text DEFAULT NULL,
  p_retry_seconds integer DEFAULT NULL
) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  event "OutboxEvent";
BEGIN
  SELECT * INTO event FROM "OutboxEvent" WHERE id = p_id AND token = p_token FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'event % is not held under token %', p_id, p_token USING ERRCODE = 'BS003';
  END IF;
  IF event.outcome IS NOT NULL THEN
    RETURN; -- The answer was lost.
  END IF;
  UPDATE "OutboxEvent" SET
    taken_by = p_taken_by,
    failure = p_failure,
    outcome = p_outcome,
    ended_at = CASE WHEN p_outcome IS NOT NULL THEN clock_timestamp() END,
    due_at = CASE WHEN p_outcome IS NULL THEN clock_timestamp() + make_interval(secs => p_retry_seconds) END
  WHERE id = p_id;
  -- Who has asked for a test knows what has become of it: no alarm is raised.
  IF p_outcome = 'sent' OR (p_outcome = 'given_up' AND event.type <> 'webhook.test') THEN
    INSERT INTO "FigureChange" (figure, count) VALUES (jsonb_build_array('events', p_outcome)::text, 1);
  END IF;
END
$$;
