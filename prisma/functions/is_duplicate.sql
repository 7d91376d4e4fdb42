-- Whether a page is of a document that was uploaded before (with_duplicate).
CREATE OR REPLACE FUNCTION is_duplicate(doc "Doc") RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(doc.ocr_payload -> 'findings' @> '[{"code": "document.duplicate"}]', false)
$$;
