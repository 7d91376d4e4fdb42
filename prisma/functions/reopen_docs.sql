-- Has pages looked at again that were approved or rejected, and says why.
CREATE OR REPLACE FUNCTION reopen_docs(p_doc_ids uuid[], p_reason text) RETURNS void
LANGUAGE sql SECURITY INVOKER SET search_path = public, pg_temp AS $$
  WITH opened AS (
    UPDATE "Doc" SET review = 'to_review', needs_review = true, review_note = p_reason, reviewed_by = NULL,
      reviewed_at = NULL, approved_hash = NULL
    WHERE id = ANY (p_doc_ids) AND review <> 'to_review'
    RETURNING id, user_id, coalesce(corrected_fields, ocr_payload -> 'fields') AS fields
  )
  INSERT INTO "DocDecision" (doc_id, user_id, review, reason, fields, actor)
  SELECT id, user_id, 'to_review', p_reason, fields, 'system' FROM opened
$$;
