-- Notes which pages are one document: p_documents is a list of lists of pages, each in order; a list of one
-- makes that page a document by itself. For p_loose pages nobody has said anything any more. Pages that are
-- not named stay where they are. All pages that are named come with the version that was seen (p_versions).
-- The answer is doc_for_review of p_doc_id.
CREATE OR REPLACE FUNCTION arrange_docs(
  p_doc_id uuid,
  p_documents jsonb,
  p_loose jsonb,
  p_versions jsonb,
  p_actor text,
  p_change_id uuid
) RETURNS jsonb
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  named uuid[] := ARRAY(
    SELECT page::uuid FROM jsonb_array_elements(p_documents) AS document, jsonb_array_elements_text(document) AS page
    UNION ALL
    SELECT page::uuid FROM jsonb_array_elements_text(p_loose) AS page);
  touched uuid[];
  job uuid;
  doc "Doc";
BEGIN
  IF EXISTS (SELECT FROM "DocPlacement" WHERE doc_id = ANY (named) AND change_id = p_change_id) THEN
    RETURN doc_for_review(p_doc_id); -- It asks again: the first answer was lost.
  END IF;
  SELECT job_thread_id INTO job FROM "Doc" WHERE id = p_doc_id;
  IF job IS NULL OR (SELECT count(*) FROM "Doc" WHERE id = ANY (named)) < cardinality(named) THEN
    RAISE EXCEPTION 'There is no such page any more.' USING ERRCODE = 'BS007';
  END IF;
  IF cardinality(named) NOT BETWEEN 1 AND 1000 OR EXISTS (SELECT FROM "Doc" WHERE id = ANY (named) AND job_thread_id <> job) THEN
    RAISE EXCEPTION 'Only pages of one upload can be one document. Upload the others together with it.'
      USING ERRCODE = 'BS005';
  END IF;

  -- With the documents that they leave: in the order in which everybody takes a job's pages.
  PERFORM FROM "Doc" WHERE job_thread_id = job AND coalesce(head_id, id) IN (
    SELECT coalesce(head_id, id) FROM "Doc" WHERE id = ANY (named)) ORDER BY page_number FOR UPDATE;
  touched := ARRAY(SELECT id FROM "Doc" WHERE job_thread_id = job AND coalesce(head_id, id) IN (
    SELECT coalesce(head_id, id) FROM "Doc" WHERE id = ANY (named)) ORDER BY page_number);
  FOR doc IN SELECT * FROM "Doc" WHERE id = ANY (touched) ORDER BY page_number LOOP
    PERFORM hold_doc(doc.id, p_actor,
      CASE WHEN doc.id = ANY (named) THEN coalesce((p_versions ->> doc.id::text)::integer, 0) END);
    IF doc.review <> 'to_review' THEN
      RAISE EXCEPTION 'Page % is %. Open it for review again to change which pages are one document.',
        doc.page_number, doc.review USING ERRCODE = 'BS005';
    END IF;
  END LOOP;

  FOR doc IN
    SELECT page.* FROM jsonb_array_elements(p_documents) AS document
    JOIN "Doc" AS head ON head.id = (document ->> 0)::uuid
    JOIN "Doc" AS page ON document ? page.id::text
    WHERE jsonb_array_length(document) > 1 AND (head.doc_type = 'unknown' OR head.error IS NOT NULL
      OR page.doc_type NOT IN (head.doc_type, 'unknown'))
    ORDER BY page.id <> head.id, page.page_number LIMIT 1
  LOOP
    RAISE EXCEPTION '%', CASE WHEN doc.doc_type = 'unknown' OR doc.error IS NOT NULL
      THEN format('Page %s does not say what the document is. Say what it is first, or begin with another page.', doc.page_number)
      ELSE format('Page %s is of another kind: a bill and an e-way bill are two documents.', doc.page_number) END
      USING ERRCODE = 'BS005';
  END LOOP;

  WITH documents AS MATERIALIZED (
    SELECT gen_random_uuid() AS id, pages FROM jsonb_array_elements(p_documents) AS pages
  ), places AS (
    SELECT page::uuid AS page, documents.id AS document, number::integer AS number
    FROM documents, jsonb_array_elements_text(pages) WITH ORDINALITY AS each (page, number)
    UNION ALL
    SELECT page::uuid, NULL, NULL FROM jsonb_array_elements_text(p_loose) AS page
  )
  INSERT INTO "DocPlacement" (doc_id, job_thread_id, user_id, page_content, document_id, place, actor,
    change_id, doc_version)
  SELECT seen.id, seen.job_thread_id, seen.user_id, page_content(seen.storage_uri), document, number, p_actor,
    p_change_id, seen.version + 1
  FROM places JOIN "Doc" AS seen ON seen.id = places.page;

  UPDATE "Doc" SET version = version + 1, needs_review = needs_review OR status = 'draft_created'
  WHERE id = ANY (touched);
  RETURN doc_for_review(p_doc_id);
END
$$;
