-- claim_doc of a reviewer's own page, by their own token, for five minutes.
CREATE OR REPLACE FUNCTION claim_as_reviewer(p_doc_id uuid) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN seen_by_reviewer(claim_doc(p_doc_id, reviewer_of(p_doc_id), 300));
END
$$;
