-- approvable_docs of a user's own jobs, by their own token.
CREATE OR REPLACE FUNCTION approvable_docs_as_user(p_filter jsonb, p_limit integer) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN approvable_docs(own_filter(p_filter), least(p_limit, 1000));
END
$$;
