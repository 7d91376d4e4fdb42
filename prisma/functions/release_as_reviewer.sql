-- release_doc of a reviewer's own page, by their own token.
CREATE OR REPLACE FUNCTION release_as_reviewer(p_doc_id uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM release_doc(p_doc_id, reviewer_of(p_doc_id));
END
$$;
