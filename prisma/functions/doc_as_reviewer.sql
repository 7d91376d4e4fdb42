-- A user's own page as a reviewer sees it, by their own token: doc_for_review without where its image is
-- kept. To look takes no role: it is their page.
CREATE OR REPLACE FUNCTION doc_as_reviewer(p_doc_id uuid) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM check_own_page(p_doc_id);
  RETURN seen_by_reviewer(doc_for_review(p_doc_id));
END
$$;
