-- The document that a page belongs to, for doc_for_review: its pages; where there are several what they say
-- together and from which page (joined_fields); the pages of the document before it in the upload; and which
-- pages are plainly one document with it, though nobody has said so.
CREATE OR REPLACE FUNCTION document_in_review(doc "Doc") RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  pages uuid[] := ARRAY(SELECT id FROM pages_of_document(doc.id));
  before uuid[] := ARRAY(SELECT page.id FROM "Doc" AS earlier, LATERAL pages_of_document(earlier.id) AS page
    WHERE earlier.job_thread_id = doc.job_thread_id AND earlier.page_number = doc.page_number - 1
      AND earlier.id <> ALL (pages));
  proposed uuid[] := proposed_document(doc);
  joined jsonb := CASE WHEN doc.place IS NOT NULL THEN joined_fields(pages[1]) END;
BEGIN
  RETURN jsonb_build_object(
    'fields', joined -> 'fields', 'origins', joined -> 'origins',
    'pages', in_document(pages),
    'before', in_document(before),
    'proposed', CASE WHEN cardinality(proposed) > cardinality(pages) THEN in_document(proposed) ELSE '[]' END);
END
$$;
