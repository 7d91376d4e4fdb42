-- Fields in the one form in which equal ones are the same text: 100.00 is 100.
CREATE OR REPLACE FUNCTION canonical_fields(p_fields jsonb) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = public, pg_temp AS $$
BEGIN
  RETURN CASE jsonb_typeof(p_fields)
    WHEN 'object' THEN (
      SELECT coalesce(jsonb_object_agg(key, canonical_fields(value)), '{}') FROM jsonb_each(p_fields))
    WHEN 'array' THEN (
      SELECT coalesce(jsonb_agg(canonical_fields(value) ORDER BY number), '[]')
      FROM jsonb_array_elements(p_fields) WITH ORDINALITY AS each (value, number))
    WHEN 'number' THEN to_jsonb(trim_scale((p_fields #>> '{}')::numeric))
    ELSE p_fields END;
END
$$;
