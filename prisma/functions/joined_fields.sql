-- What a document says by all of its pages: of each field the first page that says it, of totals the last,
-- of tables the lines of all pages; and by origins from which page that is, of a table how many lines of
-- which. Pages that were not read, or as something else than the first, say nothing. With p_page_id as if
-- that page said p_fields.
CREATE OR REPLACE FUNCTION joined_fields(
  p_head_id uuid, p_page_id uuid DEFAULT NULL, p_fields jsonb DEFAULT NULL
) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  WITH pages AS MATERIALIZED (
    SELECT page.page_number, page.place,
      CASE WHEN page.id = p_page_id THEN p_fields ELSE effective_fields(page) END AS fields
    FROM pages_of_document(p_head_id) AS page JOIN "Doc" AS head ON head.id = p_head_id
    WHERE page.doc_type = head.doc_type AND page.error IS NULL
  ), said AS MATERIALIZED (
    SELECT page_number, place, key, value, CASE jsonb_typeof(value)
      WHEN 'null' THEN false
      WHEN 'object' THEN EXISTS (SELECT FROM jsonb_each(value) AS part WHERE part.value <> 'null')
      ELSE true END AS says
    FROM pages, jsonb_each(CASE jsonb_typeof(fields) WHEN 'object' THEN fields END)
  ), chosen AS (
    SELECT DISTINCT ON (key) key, value, CASE WHEN says THEN to_jsonb(page_number) ELSE 'null' END AS origin
    FROM said WHERE key NOT IN (SELECT key FROM said WHERE jsonb_typeof(value) = 'array')
    ORDER BY key, says DESC, CASE WHEN is_total(key) THEN -place ELSE place END
  ), tables AS (
    SELECT key,
      jsonb_path_query_array(jsonb_agg(value ORDER BY place), '$[*][*]') AS value,
      jsonb_agg(jsonb_build_object('page', page_number, 'lines', jsonb_array_length(value)) ORDER BY place) AS origin
    FROM said WHERE jsonb_typeof(value) = 'array' GROUP BY key
  )
  SELECT jsonb_build_object('fields', jsonb_object_agg(key, value), 'origins', jsonb_object_agg(key, origin))
  FROM (SELECT * FROM chosen UNION ALL SELECT * FROM tables) AS field
$$;
