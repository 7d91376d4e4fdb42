-- Gives a call the next events whose turn it is, those that are due longest first, and keeps them from all
-- others for p_seconds: where the call dies, they are due again then. A call that asks again (the first
-- answer was lost) gets the same answer.
CREATE OR REPLACE FUNCTION take_events(p_token text, p_limit integer, p_seconds integer)
RETURNS SETOF "OutboxEvent"
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM "OutboxEvent" WHERE token = p_token) THEN
    UPDATE "OutboxEvent" SET
      token = p_token,
      attempts = attempts + 1,
      due_at = clock_timestamp() + make_interval(secs => p_seconds)
    WHERE id IN (
      SELECT id FROM "OutboxEvent" WHERE due_at <= clock_timestamp()
      ORDER BY due_at LIMIT p_limit FOR UPDATE SKIP LOCKED);
  END IF;
  RETURN QUERY SELECT * FROM "OutboxEvent" WHERE token = p_token AND outcome IS NULL ORDER BY happened_at, id;
END
$$;
