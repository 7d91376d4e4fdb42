-- Fields in the form in which corrections name them: a table as an object of its lines by their keys.
CREATE OR REPLACE FUNCTION keyed_fields(p_fields jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(jsonb_object_agg(key, CASE WHEN is_table(value)
    THEN (SELECT coalesce(jsonb_object_agg(line_key, line), '{}') FROM keyed_lines(value))
    ELSE value END), '{}')
  FROM jsonb_each(p_fields)
$$;
