-- What there is to count, in one answer: for metrics that are scraped. No user and no job is in it.
CREATE OR REPLACE FUNCTION operating_figures() RETURNS jsonb LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT jsonb_build_object(
    'pages', (SELECT coalesce(jsonb_agg(to_jsonb(each)), '[]') FROM (
      SELECT doc_type, CASE WHEN error IS NULL THEN 'read' ELSE 'unread' END AS outcome, count(*) AS count
      FROM "Doc" GROUP BY 1, 2 ORDER BY 1, 2) AS each),
    'review', (SELECT count(*) FROM "Doc" WHERE needs_review),
    'jobs', (SELECT coalesce(jsonb_agg(to_jsonb(each)), '[]') FROM (
      SELECT status, count(*) AS count FROM "JobThread" GROUP BY 1 ORDER BY 1) AS each),
    'failures', (SELECT coalesce(jsonb_agg(to_jsonb(each)), '[]') FROM (
      SELECT error, count(*) AS count FROM "JobThread" WHERE error IS NOT NULL GROUP BY 1 ORDER BY 1) AS each),
    'retries', (SELECT coalesce(sum(greatest(attempt - 1, 0)), 0) FROM "JobThread"),
    'cache_hits', (SELECT coalesce(sum(cache_hits), 0) FROM "JobThread"),
    'oldest_waiting_seconds', (SELECT coalesce(extract(epoch FROM now() - min(waiting_since)), 0)
      FROM "JobThread" WHERE status = 'waiting'),
    'calls', (SELECT coalesce(jsonb_agg(to_jsonb(each)), '[]') FROM (
      SELECT model_id, step, outcome, count(*) AS count, sum(input_tokens) AS input_tokens,
        sum(output_tokens) AS output_tokens, sum(cost_usd) AS cost_usd
      FROM "ModelCall" GROUP BY 1, 2, 3 ORDER BY 1, 2, 3) AS each),
    -- Seconds: below 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, and what takes longer.
    'durations', (SELECT coalesce(jsonb_agg(to_jsonb(each)), '[]') FROM (
      SELECT model_id, step, width_bucket(elapsed_ms / 1000.0, ARRAY[0.1, 0.5, 1, 2.5, 5, 10, 30, 60]) AS bucket,
        count(*) AS count, sum(elapsed_ms) / 1000.0 AS seconds
      FROM "ModelCall" GROUP BY 1, 2, 3 ORDER BY 1, 2, 3) AS each)
  )
$$;
