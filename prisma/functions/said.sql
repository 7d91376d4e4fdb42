-- A text, or another one where it says nothing: a job that can't be ended without a reason must be
-- ended all the same.
CREATE OR REPLACE FUNCTION said(p_text text, p_otherwise text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT CASE WHEN p_text ~ '\S' THEN p_text ELSE p_otherwise END
$$;
