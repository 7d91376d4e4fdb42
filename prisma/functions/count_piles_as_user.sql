-- count_piles of a user's own documents, by their own token.
CREATE OR REPLACE FUNCTION count_piles_as_user() RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN count_piles(asking_user());
END
$$;
