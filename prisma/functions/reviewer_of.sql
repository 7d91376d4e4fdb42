-- Who asks for a page, by the name that is kept with what they do: the e-mail address that Supabase Auth
-- knows them by. Refused to whoever is no reviewer, which the service key alone can make of a user
-- (app_metadata), and of another user's page, which is as good as none.
CREATE OR REPLACE FUNCTION reviewer_of(p_doc_id uuid) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  claims jsonb := nullif(current_setting('request.jwt.claims', true), '')::jsonb;
BEGIN
  IF coalesce(claims #>> '{app_metadata,billstep_role}', '') NOT IN ('reviewer', 'operator') THEN
    RAISE EXCEPTION 'You are signed in, but no reviewer. Ask whoever runs Billstep.' USING ERRCODE = '42501';
  END IF;
  PERFORM check_own_page(p_doc_id);
  RETURN coalesce(nullif(claims ->> 'email', ''), claims ->> 'sub');
END
$$;
