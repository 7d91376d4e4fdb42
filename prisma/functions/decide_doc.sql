-- A person's word on a row, and so on all pages of its document: that it is right (approved), not to be
-- used (rejected), or to be looked at again (to_review).
CREATE OR REPLACE FUNCTION decide_doc(
  p_doc_id uuid,
  p_version integer,
  p_review "ReviewStatus",
  p_actor text,
  p_change_id uuid,
  p_reason text DEFAULT NULL
) RETURNS jsonb
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  doc "Doc";
  unread "Doc";
  pages uuid[];
BEGIN
  IF EXISTS (SELECT FROM "DocDecision" WHERE doc_id = p_doc_id AND change_id = p_change_id) THEN
    RETURN doc_for_review(p_doc_id); -- It asks again: the first answer was lost.
  END IF;
  doc := hold_doc(p_doc_id, p_actor, p_version);
  -- Before the time is taken: an export waits for what was decided before it (export_docs).
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('decide_doc', 0));
  pages := ARRAY(SELECT id FROM pages_of_document(doc.id));
  SELECT page.* INTO unread FROM "Doc" AS page JOIN "Doc" AS head ON head.id = pages[1]
  WHERE page.id = ANY (pages) AND (page.error IS NOT NULL
    OR CASE WHEN page.doc_type = 'unknown' THEN page.head_id IS NULL
      ELSE page.doc_type <> head.doc_type OR effective_fields(page) IS NULL END)
  ORDER BY page.place LIMIT 1;
  IF p_review = 'approved' AND unread.id IS NOT NULL THEN
    RAISE EXCEPTION '%', CASE WHEN cardinality(pages) = 1
      THEN 'The page was not read as anything that could be approved. Say what it is, or reject it.'
      ELSE format('Page %s was not read as a page of this document. Have it read again, or take it out.',
        unread.page_number) END
      USING ERRCODE = 'BS005';
  END IF;
  UPDATE "Doc" SET
    review = p_review,
    version = version + 1,
    reviewed_by = CASE WHEN p_review <> 'to_review' THEN p_actor END,
    reviewed_at = CASE WHEN p_review <> 'to_review' THEN clock_timestamp() END,
    review_note = p_reason,
    approved_hash = CASE WHEN p_review = 'approved' THEN approval_hash("Doc") END,
    needs_review = p_review = 'to_review',
    claimed_by = NULL,
    claimed_until = NULL
  WHERE id = ANY (pages);
  INSERT INTO "DocDecision" (doc_id, user_id, review, reason, fields, actor, change_id)
    SELECT page.id, page.user_id, p_review, p_reason, effective_fields(page), p_actor, p_change_id
    FROM "Doc" AS page WHERE page.id = ANY (pages);
  RETURN doc_for_review(p_doc_id);
END
$$;
