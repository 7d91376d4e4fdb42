SET LOCAL lock_timeout = '5s';

-- CreateTable
CREATE TABLE "OutboxEvent" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "type" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "happened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "due_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "token" TEXT,
    "taken_by" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "failure" TEXT,
    "outcome" TEXT,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "OutboxEvent_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "OutboxEvent_due_at_idx" ON "OutboxEvent"("due_at");

-- CreateIndex
CREATE INDEX "OutboxEvent_token_idx" ON "OutboxEvent"("token");

ALTER TABLE "OutboxEvent" ADD CONSTRAINT event_attempts_count CHECK ((attempts >= 0)) NOT VALID;
ALTER TABLE "OutboxEvent" ADD CONSTRAINT event_data_is_object CHECK ((jsonb_typeof(data) = 'object'::text)) NOT VALID;
ALTER TABLE "OutboxEvent" ADD CONSTRAINT event_has_a_type CHECK ((type ~ '^[a-z_]+(\.[a-z_]+)+$'::text)) NOT VALID;
ALTER TABLE "OutboxEvent" ADD CONSTRAINT event_is_tried_or_over CHECK ((((outcome IS NULL) = (ended_at IS NULL)) AND ((outcome IS NULL) = (due_at IS NOT NULL)) AND (outcome = ANY (ARRAY['sent'::text, 'given_up'::text, 'unwanted'::text])))) NOT VALID;

SET LOCAL check_function_bodies = off;

-- Whoever decides of a page, a person or a reading that says something else than what was approved
-- (settle_doc), tells of it. What stands on the page is not told, nor who has decided.
CREATE OR REPLACE FUNCTION note_doc_event() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO "OutboxEvent" (type, data, happened_at, due_at)
  SELECT CASE NEW.review WHEN 'to_review' THEN 'doc.reopened' ELSE 'doc.' || NEW.review END,
    jsonb_build_object('doc_id', id, 'job_id', job_thread_id, 'user_id', user_id,
      'page_number', page_number, 'doc_type', doc_type, 'review', NEW.review),
    clock_timestamp(), clock_timestamp()
  FROM "Doc" WHERE id = NEW.doc_id;
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER note_doc_event AFTER INSERT ON "DocDecision"
  FOR EACH ROW EXECUTE FUNCTION note_doc_event();

-- Whoever ends a job, in whatever way, tells of it. What stands on its pages is not told.
CREATE OR REPLACE FUNCTION note_job_event() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO "OutboxEvent" (type, data, happened_at, due_at)
  SELECT CASE NEW.status WHEN 'processed' THEN 'job.processed' ELSE 'job.failed' END,
    jsonb_build_object('job_id', NEW.id, 'user_id', NEW.user_id, 'status', NEW.status, 'attempt', NEW.attempt,
      'pages', count(*), 'to_review', count(*) FILTER (WHERE needs_review),
      'unread', count(*) FILTER (WHERE error IS NOT NULL), 'error', NEW.error),
    clock_timestamp(), clock_timestamp()
  FROM "Doc" WHERE job_thread_id = NEW.id;
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER note_job_event AFTER UPDATE OF status ON "JobThread"
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status AND NEW.status IN ('processed', 'error'))
  EXECUTE FUNCTION note_job_event();

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

-- Has events sent at once and with all their attempts before them: one, whatever has become of it, or all
-- that were given up or wait for another attempt. Says how many.
CREATE OR REPLACE FUNCTION retry_events(p_id uuid DEFAULT NULL) RETURNS integer
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  retried integer;
BEGIN
  UPDATE "OutboxEvent" SET
    taken_by = CASE WHEN outcome IN ('sent', 'unwanted') THEN '{}' ELSE taken_by END,
    outcome = NULL,
    ended_at = NULL,
    token = NULL,
    attempts = 0,
    due_at = clock_timestamp()
  WHERE CASE WHEN p_id IS NULL
    THEN outcome = 'given_up' OR (outcome IS NULL AND failure IS NOT NULL)
    ELSE id = p_id END;
  GET DIAGNOSTICS retried = ROW_COUNT;
  RETURN retried;
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
  IF p_outcome IN ('sent', 'given_up') THEN
    INSERT INTO "FigureChange" (figure, count) VALUES (jsonb_build_array('events', p_outcome)::text, 1);
  END IF;
END
$$;

-- Forgets the history of before a time, in portions: of the next p_limit rows by their keys, those that
-- are old. Says where the next portion begins, nothing where there is none, and how many rows are
-- gone. What is never forgotten: what a page said before somebody made a draft of it, a job's last
-- run, a breaker's last event. Rows that are put aside for a run (staged) go once the run can't take
-- them over any more, whatever the time.
CREATE OR REPLACE FUNCTION sweep_history(
  p_history text,
  p_before timestamptz,
  p_after text DEFAULT NULL,
  p_limit integer DEFAULT 1000
) RETURNS jsonb
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  first uuid := coalesce(split_part(p_after, '/', 1)::uuid, '00000000-0000-0000-0000-000000000000');
  first_number integer := coalesce(nullif(split_part(p_after, '/', 2), '')::integer, 0);
  portion text[];
  deleted integer;
BEGIN
  IF p_history = 'attempts' THEN
    portion := ARRAY(SELECT job_thread_id || '/' || attempt FROM "JobAttempt"
      WHERE (job_thread_id, attempt) > (first, first_number)
      ORDER BY job_thread_id, attempt LIMIT p_limit);
    DELETE FROM "JobAttempt" AS old USING unnest(portion) AS key, "JobThread" AS job
      WHERE old.job_thread_id = split_part(key, '/', 1)::uuid
        AND old.attempt = split_part(key, '/', 2)::integer
        AND old.ended_at < p_before AND job.id = old.job_thread_id AND old.attempt < job.attempt;
  ELSIF p_history = 'calls' THEN
    portion := ARRAY(SELECT id FROM "ModelCall" WHERE id > first ORDER BY id LIMIT p_limit);
    DELETE FROM "ModelCall" WHERE id = ANY (portion::uuid[]) AND created_at < p_before;
  ELSIF p_history = 'revisions' THEN
    portion := ARRAY(SELECT id FROM "DocRevision" WHERE id > first ORDER BY id LIMIT p_limit);
    DELETE FROM "DocRevision" AS old USING "Doc" AS doc
      WHERE old.id = ANY (portion::uuid[]) AND old.replaced_at < p_before
        AND doc.id = old.doc_id AND doc.status <> 'draft_created';
  ELSIF p_history = 'breaker_events' THEN
    portion := ARRAY(SELECT id FROM "BreakerEvent" WHERE id > first ORDER BY id LIMIT p_limit);
    DELETE FROM "BreakerEvent" AS old
      WHERE id = ANY (portion::uuid[]) AND created_at < p_before AND EXISTS (
        SELECT FROM "BreakerEvent" AS newer
        WHERE newer.model_id = old.model_id AND newer.created_at > old.created_at);
  ELSIF p_history = 'setting_revisions' THEN
    portion := ARRAY(SELECT id FROM "SettingsRevision" WHERE id > first ORDER BY id LIMIT p_limit);
    DELETE FROM "SettingsRevision" WHERE id = ANY (portion::uuid[]) AND replaced_at < p_before;
  ELSIF p_history = 'events' THEN
    portion := ARRAY(SELECT id FROM "OutboxEvent" WHERE id > first ORDER BY id LIMIT p_limit);
    DELETE FROM "OutboxEvent" WHERE id = ANY (portion::uuid[]) AND ended_at < p_before;
  ELSIF p_history = 'staged' THEN
    portion := ARRAY(SELECT DISTINCT job_thread_id FROM "StagedDoc"
      WHERE job_thread_id > first ORDER BY job_thread_id LIMIT greatest(p_limit / 100, 1));
    DELETE FROM "StagedDoc" AS old USING "JobThread" AS job
      WHERE old.job_thread_id = ANY (portion::uuid[]) AND job.id = old.job_thread_id
        AND (job.status <> 'processing' OR job.run_token IS DISTINCT FROM old.run_token);
  ELSE
    RAISE EXCEPTION 'there is no history of %', p_history USING ERRCODE = 'BS005';
  END IF;
  GET DIAGNOSTICS deleted = ROW_COUNT;
  RETURN jsonb_build_object('last', portion[cardinality(portion)], 'deleted', deleted);
END
$$;

-- Gives a call the next events whose turn it is, those that are due longest first, and keeps them from all
-- others for p_seconds: where the call dies, they are due again then. A call that asks again (the first
-- answer was lost) gets the same answer.
CREATE OR REPLACE FUNCTION take_events(p_token text, p_limit integer, p_seconds integer)
RETURNS SETOF "OutboxEvent"
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM "OutboxEvent" WHERE token = p_token) THEN
    UPDATE "OutboxEvent" SET
      token = p_token,
      attempts = attempts + 1,
      due_at = clock_timestamp() + make_interval(secs => p_seconds)
    WHERE id IN (
      SELECT id FROM "OutboxEvent" WHERE due_at <= clock_timestamp()
      ORDER BY due_at LIMIT p_limit FOR UPDATE SKIP LOCKED);
  END IF;
  RETURN QUERY SELECT * FROM "OutboxEvent" WHERE token = p_token AND outcome IS NULL ORDER BY happened_at, id;
END
$$;

REVOKE ALL ON FUNCTION note_doc_event() FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION note_job_event() FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION retry_events(uuid) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION settle_event(uuid,text,text[],text,text,integer) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION take_events(text,integer,integer) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON TABLE "OutboxEvent" FROM PUBLIC, anon, authenticated;
ALTER TABLE "OutboxEvent" ENABLE ROW LEVEL SECURITY;
GRANT EXECUTE ON FUNCTION note_doc_event() TO service_role;
GRANT EXECUTE ON FUNCTION note_job_event() TO service_role;
GRANT EXECUTE ON FUNCTION retry_events(uuid) TO service_role;
GRANT EXECUTE ON FUNCTION settle_event(uuid,text,text[],text,text,integer) TO service_role;
GRANT EXECUTE ON FUNCTION take_events(text,integer,integer) TO service_role;
GRANT DELETE, INSERT, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "OutboxEvent" TO service_role;

INSERT INTO "Settings" (key, value) VALUES ('webhook', '"none"');
