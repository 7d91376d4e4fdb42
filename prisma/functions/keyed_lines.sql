-- The lines of a table, each with a key that it keeps when lines are read before it, or no longer: by
-- its description, or where it has none by all of its texts; with its number among those of that name.
CREATE OR REPLACE FUNCTION keyed_lines(p_table jsonb)
RETURNS TABLE (line_number integer, line_key text, line jsonb)
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  WITH named AS (
    SELECT each.number::integer AS number, each.line,
      substr(md5(lower(regexp_replace(
        coalesce(nullif(each.line ->> 'description', ''), (
          SELECT string_agg(value #>> '{}', ' ' ORDER BY key) FROM jsonb_each(each.line)
          WHERE jsonb_typeof(value) = 'string'), ''),
        '[^[:alnum:]]', '', 'g'))), 1, 12) AS name
    FROM jsonb_array_elements(p_table) WITH ORDINALITY AS each (line, number)
  )
  SELECT number, name || '.' || row_number() OVER (PARTITION BY name ORDER BY number), line
  FROM named ORDER BY number
$$;
