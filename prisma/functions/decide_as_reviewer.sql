-- decide_doc of a reviewer's own page, by their own token.
CREATE OR REPLACE FUNCTION decide_as_reviewer(
  p_doc_id uuid,
  p_version integer,
  p_review "ReviewStatus",
  p_change_id uuid,
  p_reason text DEFAULT NULL
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN seen_by_reviewer(
    decide_doc(p_doc_id, p_version, p_review, reviewer_of(p_doc_id), p_change_id, p_reason));
END
$$;
