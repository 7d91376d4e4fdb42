-- A reviewer's own page, by their own token: doc_for_review without where its image is kept.
CREATE OR REPLACE FUNCTION doc_as_reviewer(p_doc_id uuid) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM reviewer_of(p_doc_id);
  RETURN seen_by_reviewer(doc_for_review(p_doc_id));
END
$$;
