-- What there is in the jobs that a filter leaves (listing_condition).
CREATE OR REPLACE FUNCTION count_listed(p_filter jsonb DEFAULT '{}') RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  answer jsonb;
BEGIN
  EXECUTE 'SELECT jsonb_build_object(''jobs'', count(*), ''pages'', coalesce(sum(pages), 0),'
    ' ''to_review'', coalesce(sum(to_review), 0), ''flagged'', coalesce(sum(flagged), 0),'
    ' ''approvable'', coalesce(sum(approvable), 0), ''approved'', coalesce(sum(approved), 0),'
    ' ''failed'', count(*) FILTER (WHERE status IN (''error'', ''waiting'')))'
    ' FROM "JobListing" WHERE ' || listing_condition(p_filter) INTO answer;
  RETURN answer;
END
$$;
