SET LOCAL lock_timeout = '5s';

-- CreateTable
CREATE TABLE "Figure" (
    "figure" TEXT NOT NULL,
    "count" BIGINT NOT NULL,
    "input_tokens" BIGINT NOT NULL,
    "output_tokens" BIGINT NOT NULL,
    "amount" DECIMAL(24,6) NOT NULL,

    CONSTRAINT "Figure_pkey" PRIMARY KEY ("figure")
);

-- CreateTable
CREATE TABLE "FigureChange" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "figure" TEXT NOT NULL,
    "count" BIGINT NOT NULL,
    "input_tokens" BIGINT NOT NULL DEFAULT 0,
    "output_tokens" BIGINT NOT NULL DEFAULT 0,
    "amount" DECIMAL(24,6) NOT NULL DEFAULT 0,

    CONSTRAINT "FigureChange_pkey" PRIMARY KEY ("id")
);


SET LOCAL check_function_bodies = off;

-- Adds what was noted since to the figures, no more than p_limit changes at once; gives how many there
-- were. Only this writes figures: whoever writes rows never waits for it.
CREATE OR REPLACE FUNCTION collapse_figures(p_limit integer DEFAULT 10000) RETURNS integer
LANGUAGE sql SECURITY INVOKER SET search_path = public, pg_temp AS $$
  WITH taken AS (
    DELETE FROM "FigureChange" WHERE id IN (
      SELECT id FROM "FigureChange" LIMIT p_limit FOR UPDATE SKIP LOCKED)
    RETURNING *
  ), added AS (
    INSERT INTO "Figure" AS known (figure, count, input_tokens, output_tokens, amount)
    SELECT figure, sum(count), sum(input_tokens), sum(output_tokens), sum(amount)
    FROM taken GROUP BY figure ORDER BY figure
    ON CONFLICT (figure) DO UPDATE SET
      count = known.count + excluded.count,
      input_tokens = known.input_tokens + excluded.input_tokens,
      output_tokens = known.output_tokens + excluded.output_tokens,
      amount = known.amount + excluded.amount
  )
  SELECT count(*)::integer FROM taken
$$;

-- What a page counts for.
CREATE OR REPLACE FUNCTION doc_figures(p_doc_type "DocType", p_error text, p_needs_review boolean)
RETURNS TABLE (figure text, count bigint)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT each.figure::text, each.count::bigint FROM (VALUES
    (jsonb_build_array('pages', p_doc_type, CASE WHEN p_error IS NULL THEN 'read' ELSE 'unread' END), 1),
    (jsonb_build_array('review'), p_needs_review::integer)) AS each (figure, count)
  WHERE each.count <> 0
$$;

-- What a job counts for.
CREATE OR REPLACE FUNCTION job_figures(
  p_status "JobStatus",
  p_error text,
  p_attempt integer,
  p_cache_hits integer
) RETURNS TABLE (figure text, count bigint)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT each.figure::text, each.count::bigint FROM (VALUES
    (jsonb_build_array('jobs', p_status), 1),
    (jsonb_build_array('failures', p_error), CASE WHEN p_error IS NULL THEN 0 ELSE 1 END),
    (jsonb_build_array('retries'), greatest(p_attempt - 1, 0)),
    (jsonb_build_array('cache_hits'), p_cache_hits)) AS each (figure, count)
  WHERE each.count <> 0
$$;

-- Adds up what operating_figures says of calls, once a statement (see note_job_figures). A call that is
-- forgotten, with its job or by sweep_history, has been made all the same.
CREATE OR REPLACE FUNCTION note_call_figures() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO "FigureChange" (figure, count, input_tokens, output_tokens, amount)
  SELECT jsonb_build_array('calls', model_id, step, outcome)::text, count(*), sum(input_tokens),
    sum(output_tokens), sum(cost_usd)
  FROM new_rows GROUP BY model_id, step, outcome;
  INSERT INTO "FigureChange" (figure, count, amount)
  SELECT jsonb_build_array('durations', model_id, step, bucket)::text, count(*), sum(elapsed_ms) / 1000.0
  FROM (
    SELECT model_id, step, elapsed_ms,
      width_bucket(elapsed_ms / 1000.0, ARRAY[0.1, 0.5, 1, 2.5, 5, 10, 30, 60]) AS bucket
    FROM new_rows) AS calls
  GROUP BY model_id, step, bucket;
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER note_call_figures AFTER INSERT ON "ModelCall"
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_call_figures();

-- Adds up what operating_figures says of pages, once a statement (see note_job_figures).
CREATE OR REPLACE FUNCTION note_doc_figures() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO "FigureChange" (figure, count)
    SELECT figure, sum(count)
    FROM new_rows, doc_figures(new_rows.doc_type, new_rows.error, new_rows.needs_review)
    GROUP BY figure;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO "FigureChange" (figure, count)
    SELECT figure, -sum(count)
    FROM old_rows, doc_figures(old_rows.doc_type, old_rows.error, old_rows.needs_review)
    GROUP BY figure;
  END IF;
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER note_new_doc_figures AFTER INSERT ON "Doc"
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_doc_figures();

CREATE OR REPLACE TRIGGER note_changed_doc_figures AFTER UPDATE ON "Doc"
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT
  EXECUTE FUNCTION note_doc_figures();

CREATE OR REPLACE TRIGGER note_gone_doc_figures AFTER DELETE ON "Doc"
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION note_doc_figures();

-- Adds up what operating_figures says of jobs. Every writer adds rows of its own: a row for each
-- figure would be what all of them wait for. collapse_figures puts them together.
CREATE OR REPLACE FUNCTION note_job_figures() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO "FigureChange" (figure, count)
  SELECT figure, sum(count) FROM (
    SELECT job_figures.* FROM job_figures(NEW.status, NEW.error, NEW.attempt, NEW.cache_hits)
      WHERE TG_OP <> 'DELETE'
    UNION ALL
    SELECT figure, -count FROM job_figures(OLD.status, OLD.error, OLD.attempt, OLD.cache_hits)
      WHERE TG_OP <> 'INSERT') AS changes
  GROUP BY figure HAVING sum(count) <> 0;
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER note_job_figures AFTER INSERT OR DELETE ON "JobThread"
  FOR EACH ROW EXECUTE FUNCTION note_job_figures();

-- Not for every page that is noted.
CREATE OR REPLACE TRIGGER note_changed_job_figures
  AFTER UPDATE OF status, error, attempt, cache_hits ON "JobThread"
  FOR EACH ROW WHEN ((OLD.status, OLD.error, OLD.attempt, OLD.cache_hits)
    IS DISTINCT FROM (NEW.status, NEW.error, NEW.attempt, NEW.cache_hits))
  EXECUTE FUNCTION note_job_figures();

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

REVOKE ALL ON FUNCTION collapse_figures(integer) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION doc_figures("DocType",text,boolean) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION job_figures("JobStatus",text,integer,integer) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION note_call_figures() FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION note_doc_figures() FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION note_job_figures() FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION sweep_history(text,timestamp with time zone,text,integer) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON TABLE "Figure" FROM PUBLIC, anon, authenticated;
REVOKE ALL ON TABLE "FigureChange" FROM PUBLIC, anon, authenticated;
ALTER TABLE "Figure" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "FigureChange" ENABLE ROW LEVEL SECURITY;
GRANT EXECUTE ON FUNCTION collapse_figures(integer) TO service_role;
GRANT EXECUTE ON FUNCTION doc_figures("DocType",text,boolean) TO service_role;
GRANT EXECUTE ON FUNCTION job_figures("JobStatus",text,integer,integer) TO service_role;
GRANT EXECUTE ON FUNCTION note_call_figures() TO service_role;
GRANT EXECUTE ON FUNCTION note_doc_figures() TO service_role;
GRANT EXECUTE ON FUNCTION note_job_figures() TO service_role;
GRANT EXECUTE ON FUNCTION sweep_history(text,timestamp with time zone,text,integer) TO service_role;
GRANT DELETE, INSERT, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "Figure" TO service_role;
GRANT DELETE, INSERT, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "FigureChange" TO service_role;

INSERT INTO "Settings" (key, value) VALUES ('retention', '{
  "attemptDays": 180,
  "callDays": 400,
  "revisionDays": 730,
  "breakerEventDays": 180,
  "settingRevisionDays": 730
}');
