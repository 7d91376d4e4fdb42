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
