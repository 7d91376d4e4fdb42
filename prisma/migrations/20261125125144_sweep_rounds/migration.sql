DROP FUNCTION restartable_jobs(integer);

-- CreateTable
CREATE TABLE "SweepRound" (
    "sweep" TEXT NOT NULL,
    "token" TEXT,
    "held_until" TIMESTAMPTZ(3),
    "began_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "place" JSONB,

    CONSTRAINT "SweepRound_pkey" PRIMARY KEY ("sweep")
);

SET LOCAL check_function_bodies = off;

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
  RETURN jsonb_build_object('place', round.place,
    'age_seconds', floor(extract(epoch FROM clock_timestamp() - round.began_at)));
END
$$;

-- Lets the next call have a sweep: to go on with the round, or where it is finished to begin another.
CREATE OR REPLACE FUNCTION leave_sweep(p_sweep text, p_token text, p_is_finished boolean) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE "SweepRound" SET
    held_until = NULL,
    place = CASE WHEN p_is_finished THEN NULL ELSE place END,
    finished_at = CASE WHEN p_is_finished THEN clock_timestamp() END
  WHERE sweep = p_sweep AND token = p_token;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the sweep of % is not held under token %', p_sweep, p_token
      USING ERRCODE = 'BS003';
  END IF;
END
$$;

-- Notes up to where a sweep has looked at everything. A call that no longer has the sweep is refused.
CREATE OR REPLACE FUNCTION move_sweep(p_sweep text, p_token text, p_place jsonb) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE "SweepRound" SET place = p_place WHERE sweep = p_sweep AND token = p_token;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the sweep of % is not held under token %', p_sweep, p_token
      USING ERRCODE = 'BS003';
  END IF;
END
$$;

-- Jobs whose run ended without a word: their lease ran out. They may be started again, unless that
-- has happened three times within a day (see fail_overdue_jobs). In the order of their ids, those
-- after p_after alone: one that can't be started keeps no other from it.
CREATE OR REPLACE FUNCTION restartable_jobs(p_limit integer DEFAULT 100, p_after uuid DEFAULT NULL)
RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
  SELECT id FROM "JobThread" AS job
  WHERE status = 'processing' AND lease_until < clock_timestamp() AND NOT has_died_often(job)
    AND (p_after IS NULL OR id > p_after)
  ORDER BY id
  LIMIT p_limit
$$;

REVOKE ALL ON FUNCTION hold_sweep(text,text,integer,integer) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION leave_sweep(text,text,boolean) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION move_sweep(text,text,jsonb) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION restartable_jobs(integer,uuid) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON TABLE "SweepRound" FROM PUBLIC, anon, authenticated;
ALTER TABLE "SweepRound" ENABLE ROW LEVEL SECURITY;
GRANT EXECUTE ON FUNCTION hold_sweep(text,text,integer,integer) TO service_role;
GRANT EXECUTE ON FUNCTION leave_sweep(text,text,boolean) TO service_role;
GRANT EXECUTE ON FUNCTION move_sweep(text,text,jsonb) TO service_role;
GRANT EXECUTE ON FUNCTION restartable_jobs(integer,uuid) TO service_role;
GRANT DELETE, INSERT, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "SweepRound" TO service_role;
