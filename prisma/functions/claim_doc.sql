-- Has a row, and the other pages of its document, open for one person, for a time: nobody else writes
-- meanwhile. Claiming it again makes the time begin anew.
CREATE OR REPLACE FUNCTION claim_doc(p_doc_id uuid, p_actor text, p_seconds integer) RETURNS jsonb
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  doc "Doc" := hold_doc(p_doc_id, p_actor);
BEGIN
  UPDATE "Doc" SET claimed_by = p_actor,
    claimed_until = clock_timestamp() + make_interval(secs => p_seconds)
  WHERE id IN (SELECT id FROM pages_of_document(doc.id));
  RETURN doc_for_review(p_doc_id);
END
$$;
