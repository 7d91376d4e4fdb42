-- Who asks by their own token. Whoever has none, or one that names nobody, is refused: a user that is not
-- known would be no limit at all.
CREATE OR REPLACE FUNCTION asking_user() RETURNS uuid
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  asking uuid := auth.uid();
BEGIN
  IF asking IS NULL THEN
    RAISE EXCEPTION 'Sign in first.' USING ERRCODE = '42501';
  END IF;
  RETURN asking;
END
$$;
