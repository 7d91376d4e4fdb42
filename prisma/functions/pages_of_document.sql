-- The pages of the document that a page belongs to, in order; of a page that is a document by itself, that
-- one.
CREATE OR REPLACE FUNCTION pages_of_document(p_doc_id uuid) RETURNS SETOF "Doc"
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  WITH head AS (SELECT coalesce(head_id, id) AS id FROM "Doc" WHERE id = p_doc_id)
  SELECT page.* FROM head JOIN "Doc" AS page ON page.id = head.id OR page.head_id = head.id
  ORDER BY page.place
$$;
