-- An operator's hand on a breaker: pause (nothing starts), resume (as if it had answered), probe
-- (the next waiting job is tried at once). The reason is kept.
CREATE OR REPLACE FUNCTION control_breaker(p_model_id text, p_action text, p_reason text, p_actor text)
RETURNS "ModelBreaker"
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  breaker "ModelBreaker";
BEGIN
  IF p_action NOT IN ('pause', 'resume', 'probe') OR coalesce(trim(p_reason), '') = '' THEN
    RAISE EXCEPTION 'pause, resume or probe, with a reason' USING ERRCODE = 'BS005';
  END IF;
  INSERT INTO "ModelBreaker" (model_id) VALUES (p_model_id) ON CONFLICT DO NOTHING;
  UPDATE "ModelBreaker" SET
    state = CASE p_action WHEN 'pause' THEN 'paused' WHEN 'resume' THEN 'closed' ELSE 'open' END
      ::"BreakerState",
    openings = CASE p_action WHEN 'resume' THEN 0 ELSE openings END,
    probe_at = CASE p_action WHEN 'probe' THEN clock_timestamp() ELSE probe_at END,
    allowance = 0, reason = p_reason, updated_at = clock_timestamp()
  WHERE model_id = p_model_id
  RETURNING * INTO breaker;
  PERFORM note_breaker(breaker, p_actor);
  RETURN breaker;
END
$$;
