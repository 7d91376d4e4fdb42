-- The words of a text, as pages are searched by them: in small letters, each with its signs taken out
-- (INV/25-26/7 as inv25267) and, where it has some, its parts as well. No more than 5,000, none above 100
-- characters: a page has some hundreds.
CREATE OR REPLACE FUNCTION search_words(p_text text) RETURNS tsvector
LANGUAGE sql IMMUTABLE SET search_path = pg_temp AS $$
  SELECT array_to_tsvector(coalesce(array_agg(word), '{}'))
  FROM (
    SELECT DISTINCT left(word, 100) AS word
    FROM regexp_split_to_table(lower(p_text), '\s+') AS printed,
      LATERAL (
        SELECT regexp_replace(printed, '[^[:alnum:]]', '', 'g')
        UNION ALL
        SELECT regexp_split_to_table(printed, '[^[:alnum:]]+')
      ) AS each (word)
    WHERE word <> ''
    LIMIT 5000
  ) AS words
$$;
