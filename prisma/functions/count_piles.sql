-- How many documents wait in each pile of the desk (pile_of): all, or those of a user.
CREATE OR REPLACE FUNCTION count_piles(p_user_id uuid DEFAULT NULL) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  answer jsonb;
BEGIN
  EXECUTE format($query$
    WITH counted AS (
      SELECT pile_of(doc_type, needs_review) AS pile, count(*) AS documents FROM "Doc"
      WHERE review = 'to_review' AND head_id IS NULL %s GROUP BY doc_type, needs_review
    )
    SELECT jsonb_build_object(
      'flagged', coalesce(sum(documents) FILTER (WHERE pile = 'flagged'), 0),
      'unknown', coalesce(sum(documents) FILTER (WHERE pile = 'unknown'), 0),
      'clear', coalesce(sum(documents) FILTER (WHERE pile = 'clear'), 0)) FROM counted
    $query$, 'AND user_id = ' || quote_literal(p_user_id)) INTO answer;
  RETURN answer;
END
$$;
