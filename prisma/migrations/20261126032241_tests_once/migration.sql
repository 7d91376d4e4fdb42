SET LOCAL lock_timeout = '5s';

SET LOCAL check_function_bodies = off;

-- The documents that can be approved without a look at them, of the jobs that a filter leaves
-- (listing_condition), each by its first page: which, the version that is meant, and how many pages it has,
-- the oldest first.
CREATE OR REPLACE FUNCTION approvable_docs(p_filter jsonb, p_limit integer) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  answer jsonb;
BEGIN
  EXECUTE format($query$
    SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'version', version, 'pages', pages)), '[]') FROM (
      SELECT doc.id, doc.version, (SELECT 1 + count(*) FROM "Doc" AS page WHERE page.head_id = doc.id) AS pages FROM (
        SELECT job_thread_id FROM "JobListing" WHERE approvable > 0 AND %s
        ORDER BY created_at, job_thread_id LIMIT %s) AS job
      JOIN "Doc" AS doc USING (job_thread_id)
      WHERE is_approvable(doc) AND effective_fields(doc) IS NOT NULL
      ORDER BY doc.created_at, doc.id LIMIT %2$s) AS page
    $query$, listing_condition(p_filter), p_limit) INTO answer;
  RETURN answer;
END
$$;

-- Notes how an attempt to send an event went: who has it by now, and whether it is tried again, after
-- p_retry_seconds, or over (p_outcome). A call that no longer has the event is refused.
CREATE OR REPLACE FUNCTION settle_event(
  p_id uuid,
  p_token text,
  p_taken_by text[],
  p_outcome text DEFAULT NULL,
  p_failure text DEFAULT NULL,
  p_retry_seconds integer DEFAULT NULL
) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  event "OutboxEvent";
BEGIN
  SELECT * INTO event FROM "OutboxEvent" WHERE id = p_id AND token = p_token FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'event % is not held under token %', p_id, p_token USING ERRCODE = 'BS003';
  END IF;
  IF event.outcome IS NOT NULL THEN
    RETURN; -- The answer was lost.
  END IF;
  UPDATE "OutboxEvent" SET
    taken_by = p_taken_by,
    failure = p_failure,
    outcome = p_outcome,
    ended_at = CASE WHEN p_outcome IS NOT NULL THEN clock_timestamp() END,
    due_at = CASE WHEN p_outcome IS NULL THEN clock_timestamp() + make_interval(secs => p_retry_seconds) END
  WHERE id = p_id;
  -- Who has asked for a test knows what has become of it: no alarm is raised.
  IF p_outcome = 'sent' OR (p_outcome = 'given_up' AND event.type <> 'webhook.test') THEN
    INSERT INTO "FigureChange" (figure, count) VALUES (jsonb_build_array('events', p_outcome)::text, 1);
  END IF;
END
$$;
