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
