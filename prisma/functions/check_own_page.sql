-- Refuses another user's page, which is as good as none.
CREATE OR REPLACE FUNCTION check_own_page(p_doc_id uuid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM "Doc" WHERE id = p_doc_id AND user_id = asking_user()) THEN
    RAISE EXCEPTION 'There is no such page any more.' USING ERRCODE = 'BS007';
  END IF;
END
$$;
