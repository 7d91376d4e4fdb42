-- What a job counts for.
CREATE OR REPLACE FUNCTION job_figures(
  p_status "JobStatus",
  p_error text,
  p_attempt integer,
  p_cache_hits integer
) RETURNS TABLE (figure text, count bigint)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT each.figure::text, each.count::bigint FROM (VALUES
    (jsonb_build_array('jobs', p_status), 1),
    (jsonb_build_array('failures', p_error), CASE WHEN p_error IS NULL THEN 0 ELSE 1 END),
    (jsonb_build_array('retries'), greatest(p_attempt - 1, 0)),
    (jsonb_build_array('cache_hits'), p_cache_hits)) AS each (figure, count)
  WHERE each.count <> 0
$$;
