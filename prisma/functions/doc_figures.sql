-- What a page counts for.
CREATE OR REPLACE FUNCTION doc_figures(p_doc_type "DocType", p_error text, p_needs_review boolean)
RETURNS TABLE (figure text, count bigint)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT each.figure::text, each.count::bigint FROM (VALUES
    (jsonb_build_array('pages', p_doc_type, CASE WHEN p_error IS NULL THEN 'read' ELSE 'unread' END), 1),
    (jsonb_build_array('review'), p_needs_review::integer)) AS each (figure, count)
  WHERE each.count <> 0
$$;
