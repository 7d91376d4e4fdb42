-- Documents of a pile of the desk (pile_of), of all users or of one, the oldest first, each by its first page's
-- row; where there are more than p_limit, the place after which the others come. A range of an index is read
-- for each type and flag that makes the pile: however many there are, no more than p_limit of each.
CREATE OR REPLACE FUNCTION list_pile(
  p_pile text, p_after jsonb DEFAULT NULL, p_limit integer DEFAULT 50, p_user_id uuid DEFAULT NULL
) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  answer jsonb;
BEGIN
  EXECUTE format($query$
    WITH heap AS (
      SELECT type, flag FROM unnest(enum_range(NULL::"DocType")) AS type, unnest(ARRAY[true, false]) AS flag
      WHERE pile_of(type, flag) = %1$L
    ), fitting AS MATERIALIZED (
      SELECT doc.* FROM heap, LATERAL (
        SELECT id, job_thread_id, page_number, doc_type, confidence, needs_review, review, error, claimed_by,
          claimed_until, created_at
        FROM "Doc"
        WHERE review = 'to_review' AND head_id IS NULL AND doc_type = type AND needs_review = flag %2$s %3$s
        ORDER BY created_at, job_thread_id, page_number LIMIT %4$s + 1
      ) AS doc
      ORDER BY created_at, job_thread_id, page_number LIMIT %4$s + 1
    ), shown AS MATERIALIZED (
      SELECT *, row_number() OVER (ORDER BY created_at, job_thread_id, page_number) AS row FROM fitting
    )
    SELECT jsonb_build_object(
      'docs', (
        SELECT coalesce(jsonb_agg((to_jsonb(shown) - 'row') || jsonb_build_object('file_name', job.file_name)
          ORDER BY row), '[]')
        FROM shown JOIN "JobThread" AS job ON job.id = shown.job_thread_id WHERE row <= %4$s),
      'next', (
        SELECT jsonb_build_object('created_at', created_at, 'job_thread_id', job_thread_id,
          'page_number', page_number) FROM shown
        WHERE row = %4$s AND EXISTS (SELECT FROM shown WHERE row > %4$s)))
    $query$, p_pile, 'AND user_id = ' || quote_literal(p_user_id),
    CASE WHEN p_after IS NOT NULL THEN format(
      'AND (created_at, job_thread_id, page_number) > (%L::timestamptz, %L::uuid, %L::integer)',
      p_after ->> 'created_at', p_after ->> 'job_thread_id', p_after ->> 'page_number') END,
    p_limit) INTO answer;
  RETURN answer;
END
$$;
