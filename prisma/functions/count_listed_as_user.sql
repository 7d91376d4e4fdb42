-- count_listed of a user's own jobs, by their own token.
CREATE OR REPLACE FUNCTION count_listed_as_user(p_filter jsonb DEFAULT '{}') RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN count_listed(own_filter(p_filter));
END
$$;
