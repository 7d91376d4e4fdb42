-- Keeps what has become of a breaker, by whom and why.
CREATE OR REPLACE FUNCTION note_breaker(p_breaker "ModelBreaker", p_actor text) RETURNS void
LANGUAGE sql SECURITY INVOKER SET search_path = public, pg_temp AS $$
  INSERT INTO "BreakerEvent" (model_id, state, reason, actor)
  VALUES (p_breaker.model_id, p_breaker.state, coalesce(p_breaker.reason, ''), p_actor)
$$;
