-- Jobs whose run ended without a word: their lease ran out. They may be started again, unless that
-- has happened three times within a day (see fail_overdue_jobs).
CREATE OR REPLACE FUNCTION restartable_jobs(p_limit integer DEFAULT 100) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
  SELECT id FROM "JobThread" AS job
  WHERE status = 'processing' AND lease_until < clock_timestamp() AND NOT has_died_often(job)
  ORDER BY lease_until
  LIMIT p_limit
$$;
