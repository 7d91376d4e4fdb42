-- The SHA-256 that a page's image is named by; null of a page without one.
CREATE OR REPLACE FUNCTION picture(p_storage_uri text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_temp AS $$
  SELECT substring(p_storage_uri FROM '/pages/([0-9a-f]{64})\.png$')
$$;
