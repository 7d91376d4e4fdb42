-- Which pile of the desk a document is in that waits for its reviewer, by its first page's row.
CREATE OR REPLACE FUNCTION pile_of(p_doc_type "DocType", p_needs_review boolean) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT CASE WHEN p_doc_type = 'unknown' THEN 'unknown' WHEN p_needs_review THEN 'flagged' ELSE 'clear' END
$$;
