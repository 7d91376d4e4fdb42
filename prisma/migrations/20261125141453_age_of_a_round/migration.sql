SET LOCAL lock_timeout = '5s';

-- Gives a sweep to one call for a while, and says where its round goes on and for how long it has gone
-- on. Nothing, where another call has it, or where a round that is finished began only just now. A call
-- that asks again (the first answer was lost) gets the same answer.
CREATE OR REPLACE FUNCTION hold_sweep(
  p_sweep text,
  p_token text,
  p_seconds integer,
  p_rest_seconds integer DEFAULT 0
) RETURNS jsonb
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  round "SweepRound";
BEGIN
  INSERT INTO "SweepRound" (sweep) VALUES (p_sweep) ON CONFLICT DO NOTHING;
  SELECT * INTO round FROM "SweepRound" WHERE sweep = p_sweep FOR UPDATE;
  IF round.token IS DISTINCT FROM p_token THEN
    IF round.held_until > clock_timestamp() THEN
      RETURN NULL;
    END IF;
    IF round.finished_at IS NOT NULL
      AND round.began_at > clock_timestamp() - make_interval(secs => p_rest_seconds)
    THEN
      RETURN NULL;
    END IF;
    UPDATE "SweepRound" SET
      token = p_token,
      held_until = clock_timestamp() + make_interval(secs => p_seconds),
      began_at = CASE WHEN finished_at IS NULL THEN coalesce(began_at, clock_timestamp())
        ELSE clock_timestamp() END,
      finished_at = NULL
    WHERE sweep = p_sweep
    RETURNING * INTO round;
  END IF;
  -- began_at is rounded to milliseconds: it may be a little later than now.
  RETURN jsonb_build_object('place', round.place,
    'age_seconds', greatest(0, floor(extract(epoch FROM clock_timestamp() - round.began_at))));
END
$$;
