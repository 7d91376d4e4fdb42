-- Whether a field is a table, such as the line items: a list of nothing but objects.
CREATE OR REPLACE FUNCTION is_table(p_field jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT CASE jsonb_typeof(p_field) WHEN 'array'
    THEN NOT jsonb_path_exists(p_field, 'strict $[*] ? (@.type() != "object")') ELSE false END
$$;
