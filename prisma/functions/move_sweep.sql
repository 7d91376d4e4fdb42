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
