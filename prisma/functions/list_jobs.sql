-- The jobs that a filter leaves (listing_condition), in an order, with what a list shows of each; where
-- there are more than p_limit, the place after which the others come.
CREATE OR REPLACE FUNCTION list_jobs(
  p_filter jsonb DEFAULT '{}',
  p_sort text DEFAULT 'created_at',
  p_descending boolean DEFAULT true,
  p_after jsonb DEFAULT NULL,
  p_limit integer DEFAULT 50
) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  sorted text := CASE p_sort
    WHEN 'created_at' THEN 'created_at' WHEN 'file_name' THEN 'lower(file_name)'
    WHEN 'status' THEN 'status::text' WHEN 'party' THEN 'lower(party)' WHEN 'number' THEN 'lower(number)'
    WHEN 'date' THEN 'date' WHEN 'amount' THEN 'coalesce(amount, 0)' WHEN 'to_review' THEN 'to_review' END;
  type text := CASE p_sort WHEN 'created_at' THEN 'timestamptz' WHEN 'amount' THEN 'numeric'
    WHEN 'to_review' THEN 'integer' ELSE 'text' END;
  direction text := CASE WHEN p_descending THEN 'DESC' ELSE 'ASC' END;
  answer jsonb;
BEGIN
  IF sorted IS NULL THEN
    RAISE EXCEPTION 'Jobs can''t be sorted by "%".', p_sort USING ERRCODE = 'BS005';
  END IF;
  EXECUTE format($query$
    WITH fitting AS MATERIALIZED (
      SELECT *, %1$s AS place FROM "JobListing" WHERE %2$s %3$s
      ORDER BY %1$s %4$s, job_thread_id %4$s LIMIT %5$s + 1
    ), shown AS MATERIALIZED (
      SELECT *, row_number() OVER (ORDER BY place %4$s, job_thread_id %4$s) AS row FROM fitting
    )
    SELECT jsonb_build_object(
      'jobs', (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
          'id', shown.job_thread_id, 'user_id', shown.user_id, 'status', shown.status,
          'created_at', shown.created_at, 'file_name', job.file_name, 'party', shown.party,
          'number', shown.number, 'date', shown.date, 'amount', shown.amount,
          'doc_types', shown.doc_types, 'pages', shown.pages, 'to_review', shown.to_review,
          'flagged', shown.flagged, 'approvable', shown.approvable, 'approved', shown.approved,
          'duplicates', shown.duplicates, 'page_count', job.page_count,
          'classified', cardinality(job.classified_pages), 'read', cardinality(job.read_pages),
          'error', job.error, 'error_message', job.error_message, 'waiting_reason', job.waiting_reason, 'questions_sent_at', job.questions_sent_at,
          'cost_usd', job.cost_usd, 'bundle', (
            SELECT bundled(id) FROM "Doc"
            WHERE "Doc".job_thread_id = job.id AND doc_type <> 'unknown' AND error IS NULL
            ORDER BY page_number LIMIT 1)) ORDER BY row), '[]')
        FROM shown JOIN "JobThread" AS job ON job.id = shown.job_thread_id WHERE row <= %5$s),
      'next', (
        SELECT jsonb_build_object('value', place::text, 'id', job_thread_id) FROM shown
        WHERE row = %5$s AND EXISTS (SELECT FROM shown WHERE row > %5$s)))
    $query$, sorted, listing_condition(p_filter),
    CASE WHEN p_after IS NOT NULL THEN format('AND (%s, job_thread_id) %s (%L::%s, %L::uuid)', sorted,
      CASE WHEN p_descending THEN '<' ELSE '>' END, p_after ->> 'value', type, p_after ->> 'id') END,
    direction, p_limit) INTO answer;
  RETURN answer;
END
$$;
