-- What is looked for, by a text: all of its words, or words that begin so. Null where it has none.
CREATE OR REPLACE FUNCTION search_query(p_text text) RETURNS tsquery
LANGUAGE sql IMMUTABLE SET search_path = pg_temp AS $$
  SELECT string_agg(format('%L:*', word), ' & ')::tsquery
  FROM (
    SELECT regexp_replace(lower(printed), '[^[:alnum:]]', '', 'g') AS word
    FROM regexp_split_to_table(left(p_text, 500), '\s+') AS printed
  ) AS words
  WHERE word <> ''
$$;
