-- The corrections of a row that count: the newest of each field, of those that were made on its page's
-- image and type, unless it was taken back. What is above a field comes before it.
CREATE OR REPLACE FUNCTION standing_corrections(doc "Doc") RETURNS SETOF "DocCorrection"
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT newest.* FROM (
    SELECT DISTINCT ON (path) * FROM "DocCorrection"
    WHERE doc_id = doc.id AND page_content = page_content(doc.storage_uri)
      AND (doc_type = doc.doc_type OR path = '')
    ORDER BY path, doc_version DESC, position DESC) AS newest
  WHERE NOT withdrawn
  ORDER BY cardinality(string_to_array(path, '/')), doc_version, position
$$;
