-- arrange_docs of a reviewer's own pages, by their own token.
CREATE OR REPLACE FUNCTION arrange_as_reviewer(
  p_doc_id uuid,
  p_documents jsonb,
  p_loose jsonb,
  p_versions jsonb,
  p_change_id uuid
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN seen_by_reviewer(
    arrange_docs(p_doc_id, p_documents, p_loose, p_versions, reviewer_of(p_doc_id), p_change_id));
END
$$;
