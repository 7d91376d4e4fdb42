-- What there is to count, in one answer: for metrics that are scraped. No user and no job is in it.
-- Whatever is counted was added up when it was written (see note_job_figures, note_doc_figures,
-- note_call_figures), so that a scrape costs the same however many rows there are.
CREATE OR REPLACE FUNCTION operating_figures() RETURNS jsonb LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  WITH figures AS (
    SELECT figure::jsonb ->> 0 AS kind, figure::jsonb AS labels, sum(count) AS count,
      sum(input_tokens) AS input_tokens, sum(output_tokens) AS output_tokens, sum(amount) AS amount
    FROM (
      SELECT figure, count, input_tokens, output_tokens, amount FROM "Figure"
      UNION ALL
      SELECT figure, count, input_tokens, output_tokens, amount FROM "FigureChange") AS each
    GROUP BY figure HAVING sum(count) <> 0
  )
  SELECT jsonb_build_object(
    'pages', (SELECT coalesce(jsonb_agg(to_jsonb(each)), '[]') FROM (
      SELECT labels ->> 1 AS doc_type, labels ->> 2 AS outcome, count
      FROM figures WHERE kind = 'pages' ORDER BY 1, 2) AS each),
    'review', (SELECT coalesce(sum(count), 0) FROM figures WHERE kind = 'review'),
    'jobs', (SELECT coalesce(jsonb_agg(to_jsonb(each)), '[]') FROM (
      SELECT labels ->> 1 AS status, count FROM figures WHERE kind = 'jobs' ORDER BY 1) AS each),
    'failures', (SELECT coalesce(jsonb_agg(to_jsonb(each)), '[]') FROM (
      SELECT labels ->> 1 AS error, count FROM figures WHERE kind = 'failures' ORDER BY 1) AS each),
    'retries', (SELECT coalesce(sum(count), 0) FROM figures WHERE kind = 'retries'),
    'cache_hits', (SELECT coalesce(sum(count), 0) FROM figures WHERE kind = 'cache_hits'),
    'events', (SELECT coalesce(jsonb_agg(to_jsonb(each)), '[]') FROM (
      SELECT labels ->> 1 AS outcome, count FROM figures WHERE kind = 'events' ORDER BY 1) AS each),
    'oldest_waiting_seconds', coalesce((SELECT extract(epoch FROM now() - waiting_since)
      FROM "JobThread" WHERE status = 'waiting' ORDER BY waiting_since LIMIT 1), 0),
    'calls', (SELECT coalesce(jsonb_agg(to_jsonb(each)), '[]') FROM (
      SELECT labels ->> 1 AS model_id, labels ->> 2 AS step, labels ->> 3 AS outcome, count,
        input_tokens, output_tokens, amount AS cost_usd
      FROM figures WHERE kind = 'calls' ORDER BY 1, 2, 3) AS each),
    -- Seconds: below 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, and what takes longer.
    'durations', (SELECT coalesce(jsonb_agg(to_jsonb(each)), '[]') FROM (
      SELECT labels ->> 1 AS model_id, labels ->> 2 AS step, (labels ->> 3)::integer AS bucket, count,
        amount AS seconds
      FROM figures WHERE kind = 'durations' ORDER BY 1, 2, 3) AS each)
  )
$$;
