-- Has events sent at once and with all their attempts before them: one, whatever has become of it, or all
-- that were given up or wait for another attempt. Says how many.
CREATE OR REPLACE FUNCTION retry_events(p_id uuid DEFAULT NULL) RETURNS integer
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  retried integer;
BEGIN
  UPDATE "OutboxEvent" SET
    taken_by = CASE WHEN outcome IN ('sent', 'unwanted') THEN '{}' ELSE taken_by END,
    outcome = NULL,
    ended_at = NULL,
    token = NULL,
    attempts = 0,
    due_at = clock_timestamp()
  WHERE CASE WHEN p_id IS NULL
    THEN outcome = 'given_up' OR (outcome IS NULL AND failure IS NOT NULL)
    ELSE id = p_id END;
  GET DIAGNOSTICS retried = ROW_COUNT;
  RETURN retried;
END
$$;
