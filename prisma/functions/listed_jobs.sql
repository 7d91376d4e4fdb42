-- The jobs that a filter leaves (listing_condition).
CREATE OR REPLACE FUNCTION listed_jobs(p_filter jsonb) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY EXECUTE 'SELECT job_thread_id FROM "JobListing" WHERE ' || listing_condition(p_filter);
END
$$;
