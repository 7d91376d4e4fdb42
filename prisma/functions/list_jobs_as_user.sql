-- list_jobs of a user's own jobs, by their own token.
CREATE OR REPLACE FUNCTION list_jobs_as_user(
  p_filter jsonb DEFAULT '{}',
  p_sort text DEFAULT 'created_at',
  p_descending boolean DEFAULT true,
  p_after jsonb DEFAULT NULL,
  p_limit integer DEFAULT 50
) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN list_jobs(own_filter(p_filter), p_sort, p_descending, p_after, least(p_limit, 1000));
END
$$;
