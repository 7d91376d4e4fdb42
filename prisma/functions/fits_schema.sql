-- Whether a value is as a part of a JSON Schema says: by the keywords that the schemas of doc types are
-- made of. Others are for the validator of the functions alone.
CREATE OR REPLACE FUNCTION fits_schema(root jsonb, part jsonb, given jsonb) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE SET search_path = public, pg_temp AS $$
DECLARE
  schema jsonb := part;
  kind text := jsonb_typeof(given);
BEGIN
  WHILE schema ? '$ref' LOOP
    schema := root #> (string_to_array(schema ->> '$ref', '/'))[2:];
  END LOOP;
  IF schema ? 'type' AND NOT (
    jsonb_build_array(schema -> 'type') @> to_jsonb(kind) OR schema -> 'type' @> to_jsonb(kind)
    OR kind = 'number' AND trunc(given::numeric) = given::numeric
      AND (schema ->> 'type' = 'integer' OR schema -> 'type' @> '"integer"'))
  THEN
    RETURN false;
  END IF;
  IF schema ? 'enum' AND NOT schema -> 'enum' @> jsonb_build_array(given) THEN
    RETURN false;
  END IF;
  RETURN CASE kind
    WHEN 'string' THEN
      length(given #>> '{}') <= coalesce((schema ->> 'maxLength')::integer, length(given #>> '{}'))
      AND length(given #>> '{}') >= coalesce((schema ->> 'minLength')::integer, 0)
      AND coalesce(given #>> '{}' ~ (schema ->> 'pattern'), true)
    WHEN 'number' THEN
      given::numeric >= coalesce((schema ->> 'minimum')::numeric, given::numeric)
      AND given::numeric <= coalesce((schema ->> 'maximum')::numeric, given::numeric)
    WHEN 'array' THEN
      jsonb_array_length(given) <= coalesce((schema ->> 'maxItems')::integer, jsonb_array_length(given))
      AND jsonb_array_length(given) >= coalesce((schema ->> 'minItems')::integer, 0)
      AND (NOT schema ? 'items' OR coalesce((
        SELECT bool_and(fits_schema(root, schema -> 'items', item)) FROM jsonb_array_elements(given) AS item), true))
    WHEN 'object' THEN
      coalesce((
        SELECT bool_and(given ? name)
        FROM jsonb_array_elements_text(coalesce(schema -> 'required', '[]')) AS name), true)
      AND coalesce((
        SELECT bool_and(CASE
          WHEN schema -> 'properties' ? field.key
            THEN fits_schema(root, schema -> 'properties' -> field.key, field.value)
          ELSE schema -> 'additionalProperties' IS DISTINCT FROM 'false' END)
        FROM jsonb_each(given) AS field), true)
    ELSE true END;
END
$$;
