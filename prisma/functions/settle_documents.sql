-- Works out which pages of jobs are one document (DocPlacement), and what the documents of p_changed pages
-- say. What a person has said of a page counts as long as its image is the one that it was said of; of
-- whoever has seen a document, none has seen it as it is now (version). A document is decided about as a
-- whole: what does not fit together any more is opened again.
CREATE OR REPLACE FUNCTION settle_documents(p_job_ids uuid[], p_changed uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  moved uuid[];
  head "Doc";
  pages uuid[];
  fields jsonb;
  doubtful boolean;
BEGIN
  IF NOT EXISTS (SELECT FROM "DocPlacement" WHERE job_thread_id = ANY (p_job_ids))
    AND NOT EXISTS (SELECT FROM "Doc" WHERE head_id = ANY (p_changed)) THEN
    RETURN;
  END IF;

  WITH standing AS (
    SELECT DISTINCT ON (doc.id) doc.id, doc.page_number, placement.document_id, placement.place
    FROM "Doc" AS doc JOIN "DocPlacement" AS placement
      ON placement.doc_id = doc.id AND placement.page_content = page_content(doc.storage_uri)
    WHERE doc.job_thread_id = ANY (p_job_ids)
    ORDER BY doc.id, placement.doc_version DESC
  ), placed AS (
    SELECT id, first_value(id) OVER document AS head, (row_number() OVER document)::integer AS place,
      count(*) OVER (PARTITION BY document_id) AS pages
    FROM standing WHERE document_id IS NOT NULL
    WINDOW document AS (PARTITION BY document_id ORDER BY place, page_number)
  ), now AS (
    SELECT doc.id, nullif(placed.head, doc.id) AS head_id, placed.place
    FROM "Doc" AS doc LEFT JOIN placed ON placed.id = doc.id AND placed.pages > 1
    WHERE doc.job_thread_id = ANY (p_job_ids)
  ), told AS (
    UPDATE "Doc" AS doc SET head_id = now.head_id, place = now.place, document_fields = NULL,
      version = version + 1
    FROM now WHERE doc.id = now.id AND (doc.head_id, doc.place) IS DISTINCT FROM (now.head_id, now.place)
    RETURNING doc.id
  )
  SELECT coalesce(array_agg(id), '{}') INTO moved FROM told;
  PERFORM reopen_docs(moved, 'It is no longer a page of the document that was decided about.');

  FOR head IN
    SELECT * FROM "Doc" WHERE place = 1 AND id IN (
      SELECT coalesce(head_id, id) FROM "Doc" WHERE id = ANY (p_changed || moved))
    ORDER BY job_thread_id, page_number
  LOOP
    pages := ARRAY(SELECT id FROM pages_of_document(head.id));
    fields := joined_fields(head.id) -> 'fields';
    IF jsonb_typeof(fields) IS DISTINCT FROM 'object' THEN
      fields := NULL;
    END IF;
    IF (SELECT count(DISTINCT review) FROM "Doc" WHERE id = ANY (pages)) > 1 THEN
      PERFORM reopen_docs(pages, 'Another page of its document has to be looked at again.');
    END IF;
    doubtful := (SELECT bool_or(needs_review) FROM "Doc" WHERE id = ANY (pages));
    UPDATE "Doc" SET version = version + 1,
      document_fields = CASE WHEN id = head.id THEN fields END,
      needs_review = needs_review OR (id = head.id AND doubtful)
    WHERE id = ANY (pages) AND EXISTS (
      SELECT FROM "Doc" AS kept WHERE kept.id = head.id
        AND (kept.document_fields IS DISTINCT FROM fields OR kept.needs_review <> doubtful));
  END LOOP;
END
$$;
