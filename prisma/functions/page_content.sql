-- What tells a page's content from another's: with what its storage_uri ends. Images, and what stands
-- for one that can't be drawn, are named by the SHA-256 of their content.
CREATE OR REPLACE FUNCTION page_content(p_storage_uri text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT substring(p_storage_uri FROM '[^/]*$')
$$;
