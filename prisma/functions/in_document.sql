-- Pages by their ids, in that order, as a list of a document's pages shows them.
CREATE OR REPLACE FUNCTION in_document(p_ids uuid[]) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('id', doc.id, 'page_number', doc.page_number, 'version', doc.version,
    'doc_type', doc.doc_type, 'error', doc.error, 'head_id', coalesce(doc.head_id, doc.id), 'place', doc.place,
    'placed', EXISTS (SELECT FROM (
      SELECT document_id FROM "DocPlacement"
      WHERE doc_id = doc.id AND page_content = page_content(doc.storage_uri)
      ORDER BY doc_version DESC LIMIT 1) AS placement WHERE document_id IS NOT NULL),
    'because', continuation(doc)) ORDER BY number), '[]')
  FROM unnest(p_ids) WITH ORDINALITY AS page (id, number) JOIN "Doc" AS doc ON doc.id = page.id
$$;
