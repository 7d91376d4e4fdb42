-- list_pile of a user's own documents, by their own token.
CREATE OR REPLACE FUNCTION list_pile_as_user(
  p_pile text, p_after jsonb DEFAULT NULL, p_limit integer DEFAULT 50
) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN list_pile(p_pile, p_after, least(p_limit, 1000), asking_user());
END
$$;
