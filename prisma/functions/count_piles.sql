-- How many documents wait in each pile of the desk (pile_of).
CREATE OR REPLACE FUNCTION count_piles() RETURNS jsonb
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
  WITH counted AS (
    SELECT pile_of(doc_type, needs_review) AS pile, count(*) AS documents FROM "Doc"
    WHERE review = 'to_review' AND head_id IS NULL GROUP BY doc_type, needs_review
  )
  SELECT jsonb_build_object(
    'flagged', coalesce(sum(documents) FILTER (WHERE pile = 'flagged'), 0),
    'unknown', coalesce(sum(documents) FILTER (WHERE pile = 'unknown'), 0),
    'clear', coalesce(sum(documents) FILTER (WHERE pile = 'clear'), 0)) FROM counted
$$;
