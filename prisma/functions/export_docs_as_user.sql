-- export_docs of a user's own documents, by their own token.
CREATE OR REPLACE FUNCTION export_docs_as_user(
  p_doc_type "DocType",
  p_review "ReviewStatus" DEFAULT NULL,
  p_after timestamptz DEFAULT NULL,
  p_after_id uuid DEFAULT NULL,
  p_limit integer DEFAULT 500,
  p_filter jsonb DEFAULT NULL
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN export_docs(p_doc_type, p_review, asking_user(), p_after, p_after_id, least(p_limit, 1000),
    CASE WHEN p_filter IS NOT NULL THEN own_filter(p_filter) END);
END
$$;
