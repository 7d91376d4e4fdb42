-- joined_fields of a user's own document, by their own token.
CREATE OR REPLACE FUNCTION joined_fields_as_user(
  p_head_id uuid, p_page_id uuid DEFAULT NULL, p_fields jsonb DEFAULT NULL
) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM check_own_page(p_head_id);
  RETURN joined_fields(p_head_id, p_page_id, p_fields);
END
$$;
