-- A filter of jobs (listing_condition) that leaves those of who asks alone, whatever it says.
CREATE OR REPLACE FUNCTION own_filter(p_filter jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT CASE jsonb_typeof(p_filter) WHEN 'object' THEN p_filter ELSE '{}' END
    || jsonb_build_object('user', asking_user())
$$;
