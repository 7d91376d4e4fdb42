-- Rows that are there and say what no row may: none that this software has written is known, but for
-- failures without a reason and confidences that a model made up. What can't be mended in one way
-- alone, such as a page without a number, stops the next migration, which names the constraint.
UPDATE "JobThread" SET completed_at = updated_at WHERE status = 'processed' AND completed_at IS NULL;
UPDATE "JobThread" SET
  failed_at = coalesce(failed_at, updated_at),
  error = CASE WHEN error ~ '\S' THEN error ELSE 'Unnamed' END,
  error_message = CASE WHEN error_message ~ '\S' THEN error_message
    ELSE 'The run failed without saying why. Retry the job.' END
WHERE status = 'error'
  AND (failed_at IS NULL OR (error ~ '\S') IS NOT TRUE OR (error_message ~ '\S') IS NOT TRUE);
UPDATE "JobAttempt" SET ended_at = coalesce(ended_at, started_at), outcome = coalesce(outcome, 'superseded')
WHERE (ended_at IS NULL) <> (outcome IS NULL);
UPDATE "Doc" SET confidence = CASE WHEN confidence = 'NaN' THEN 0 ELSE least(greatest(confidence, 0), 1) END
WHERE (confidence BETWEEN 0 AND 1) IS NOT TRUE;
UPDATE "DocRevision" SET confidence = CASE WHEN confidence = 'NaN' THEN 0 ELSE least(greatest(confidence, 0), 1) END
WHERE (confidence BETWEEN 0 AND 1) IS NOT TRUE;

-- From here on nothing more of that is written. Rows that are there are looked at by the next
-- migration, in a transaction that holds up no writer.
ALTER TABLE "JobAttempt" ADD CONSTRAINT attempt_end_has_its_outcome CHECK (((ended_at IS NULL) = (outcome IS NULL))) NOT VALID;
ALTER TABLE "JobAttempt" ADD CONSTRAINT attempt_number_counts CHECK ((attempt >= 1)) NOT VALID;
ALTER TABLE "ModelBreaker" ADD CONSTRAINT breaker_counts CHECK (((openings >= 0) AND (allowance >= 0))) NOT VALID;
ALTER TABLE "ModelCall" ADD CONSTRAINT call_pages_are_numbers CHECK ((1 <= ALL (pages))) NOT VALID;
ALTER TABLE "ModelCall" ADD CONSTRAINT call_sums_count CHECK (((attempt >= 1) AND (input_tokens >= 0) AND (output_tokens >= 0) AND (cost_usd >= (0)::numeric) AND (elapsed_ms >= 0))) NOT VALID;
ALTER TABLE "Doc" ADD CONSTRAINT doc_confidence_is_share CHECK (((confidence >= (0)::double precision) AND (confidence <= (1)::double precision))) NOT VALID;
ALTER TABLE "Doc" ADD CONSTRAINT doc_draft_is_of_what_was_read CHECK (((status <> 'draft_pending'::"DocStatus") OR ((doc_type <> 'unknown'::"DocType") AND (error IS NULL)))) NOT VALID;
ALTER TABLE "Doc" ADD CONSTRAINT doc_error_says_something CHECK ((error ~ '\S'::text)) NOT VALID;
ALTER TABLE "Doc" ADD CONSTRAINT doc_image_is_somewhere CHECK ((storage_uri <> ''::text)) NOT VALID;
ALTER TABLE "Doc" ADD CONSTRAINT doc_page_is_number CHECK ((page_number >= 1)) NOT VALID;
ALTER TABLE "Doc" ADD CONSTRAINT doc_payload_is_object CHECK ((jsonb_typeof(ocr_payload) = 'object'::text)) NOT VALID;
ALTER TABLE "Doc" ADD CONSTRAINT doc_schema_version_counts CHECK ((schema_version >= 1)) NOT VALID;
ALTER TABLE "JobThread" ADD CONSTRAINT job_attempt_counts CHECK ((attempt >= 0)) NOT VALID;
ALTER TABLE "JobThread" ADD CONSTRAINT job_error_has_its_time_and_reason CHECK (((status <> 'error'::"JobStatus") OR ((failed_at IS NOT NULL) AND (error IS NOT NULL) AND (error ~ '\S'::text) AND (error_message IS NOT NULL) AND (error_message ~ '\S'::text)))) NOT VALID;
ALTER TABLE "JobThread" ADD CONSTRAINT job_page_count_counts CHECK ((page_count >= 0)) NOT VALID;
ALTER TABLE "JobThread" ADD CONSTRAINT job_pages_are_numbers CHECK (((1 <= ALL (classified_pages)) AND (1 <= ALL (read_pages)))) NOT VALID;
ALTER TABLE "JobThread" ADD CONSTRAINT job_processed_has_its_time CHECK (((status <> 'processed'::"JobStatus") OR (completed_at IS NOT NULL))) NOT VALID;
ALTER TABLE "JobThread" ADD CONSTRAINT job_processing_is_held CHECK (((status <> 'processing'::"JobStatus") OR ((started_at IS NOT NULL) AND (execution IS NOT NULL) AND (run_token IS NOT NULL) AND (lease_until IS NOT NULL)))) NOT VALID;
ALTER TABLE "JobThread" ADD CONSTRAINT job_replay_is_object CHECK ((jsonb_typeof(replay) = 'object'::text)) NOT VALID;
ALTER TABLE "JobThread" ADD CONSTRAINT job_sums_count CHECK (((model_calls >= 0) AND (input_tokens >= 0) AND (output_tokens >= 0) AND (cost_usd >= (0)::numeric) AND (cache_hits >= 0))) NOT VALID;
ALTER TABLE "JobThread" ADD CONSTRAINT job_upload_is_object CHECK ((jsonb_typeof(upload) = 'object'::text)) NOT VALID;
ALTER TABLE "JobThread" ADD CONSTRAINT job_waiting_has_its_time_and_model CHECK (((status <> 'waiting'::"JobStatus") OR ((waiting_since IS NOT NULL) AND (waiting_for IS NOT NULL)))) NOT VALID;
ALTER TABLE "DocRevision" ADD CONSTRAINT revision_confidence_is_share CHECK (((confidence >= (0)::double precision) AND (confidence <= (1)::double precision))) NOT VALID;
ALTER TABLE "DocRevision" ADD CONSTRAINT revision_payload_is_object CHECK ((jsonb_typeof(ocr_payload) = 'object'::text)) NOT VALID;
ALTER TABLE "DocTypeSchema" ADD CONSTRAINT schema_is_object CHECK ((jsonb_typeof(schema) = 'object'::text)) NOT VALID;
ALTER TABLE "DocTypeSchema" ADD CONSTRAINT schema_version_counts CHECK ((version >= 1)) NOT VALID;
ALTER TABLE "StagedDoc" ADD CONSTRAINT staged_doc_is_object CHECK ((jsonb_typeof(doc) = 'object'::text)) NOT VALID;
ALTER TABLE "StagedDoc" ADD CONSTRAINT staged_page_is_number CHECK ((page_number >= 1)) NOT VALID;

SET LOCAL check_function_bodies = off;

-- Ends the job of a failed execution. One that was parked, ended, or taken over stays as it is.
CREATE OR REPLACE FUNCTION fail_job(p_execution text, p_error text, p_error_message text)
RETURNS uuid
LANGUAGE sql SECURITY INVOKER SET search_path = public, pg_temp AS $$
  UPDATE "JobThread" SET
    status = 'error', error = said(p_error, 'Unnamed'),
    error_message = said(p_error_message, 'The run failed without saying why. Retry the job.'),
    failed_at = clock_timestamp(), lease_until = NULL, waiting_since = NULL
  WHERE execution = p_execution AND status = 'processing'
  RETURNING id
$$;

-- Ends a job whose upload arrived but whose execution never started.
CREATE OR REPLACE FUNCTION fail_unstarted_job(p_job_id uuid, p_error text, p_error_message text)
RETURNS boolean
LANGUAGE sql SECURITY INVOKER SET search_path = public, pg_temp AS $$
  WITH failed AS (
    UPDATE "JobThread" SET
      status = 'error', error = said(p_error, 'Unnamed'),
      error_message = said(p_error_message, 'The run failed without saying why. Retry the job.'),
      failed_at = clock_timestamp()
    WHERE id = p_job_id AND status = 'uploaded'
    RETURNING id
  )
  SELECT EXISTS (SELECT FROM failed)
$$;

-- Locks the job and refuses a stale token. No token is one, also of a job that no run holds.
CREATE OR REPLACE FUNCTION hold_job(p_job_id uuid, p_token text) RETURNS "JobThread"
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  job "JobThread";
BEGIN
  SELECT * INTO job FROM "JobThread" WHERE id = p_job_id FOR UPDATE;
  IF NOT FOUND OR p_token IS NULL OR job.run_token IS DISTINCT FROM p_token THEN
    RAISE EXCEPTION 'job % is not held under token %', p_job_id, p_token USING ERRCODE = 'BS003';
  END IF;
  RETURN job;
END
$$;

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

-- Writes a run's rows and ends its job, in one transaction. With p_error the job ends as error, its
-- rows are kept all the same. With p_partial the rows of other pages stay as they are. A run says of
-- each page whether somebody should look at it, also where nothing else in its row is new; a page
-- that was read anew without a problem loses that flag, unless a draft was made of what it said before.
CREATE OR REPLACE FUNCTION persist_docs(
  p_job_id uuid,
  p_token text,
  p_docs jsonb,
  p_partial boolean DEFAULT false,
  p_cache_hits integer DEFAULT 0,
  p_error text DEFAULT NULL,
  p_error_message text DEFAULT NULL
) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  job "JobThread" := hold_job(p_job_id, p_token);
  rows "Doc"[];
BEGIN
  IF job.status = 'processed' OR (job.status = 'error' AND p_error IS NOT NULL) THEN
    RETURN; -- This run has ended the job already; its answer was lost.
  END IF;
  IF job.status <> 'processing' THEN
    RAISE EXCEPTION 'job % is %, not processing', p_job_id, job.status USING ERRCODE = 'BS003';
  END IF;

  SELECT coalesce(array_agg(jsonb_populate_record(NULL::"Doc", doc)), '{}') INTO rows
  FROM (
    SELECT doc FROM "StagedDoc" WHERE job_thread_id = p_job_id AND run_token = p_token
    UNION ALL
    SELECT doc FROM jsonb_array_elements(p_docs) AS doc
  ) AS given;

  INSERT INTO "DocRevision" (
    doc_id, user_id, doc_type, ocr_payload, storage_uri, schema_version, model_id,
    prompt_version, confidence, error, written_at, replaced_by)
  SELECT
    kept.id, kept.user_id, kept.doc_type, kept.ocr_payload, kept.storage_uri,
    kept.schema_version, kept.model_id, kept.prompt_version, kept.confidence, kept.error,
    kept.updated_at, p_token
  FROM "Doc" AS kept JOIN unnest(rows) AS given USING (page_number)
  WHERE kept.job_thread_id = p_job_id AND doc_content(kept) <> doc_content(given);

  INSERT INTO "Doc" AS kept (
    job_thread_id, user_id, page_number, doc_type, status, ocr_payload, storage_uri,
    schema_version, model_id, prompt_version, confidence, error, object_version, needs_review)
  SELECT
    job.id, job.user_id, page_number, doc_type, status, ocr_payload, storage_uri,
    schema_version, model_id, prompt_version, confidence, error, job.object_version,
    coalesce(needs_review, false)
  FROM unnest(rows)
  ON CONFLICT (job_thread_id, page_number) DO UPDATE SET
    doc_type = excluded.doc_type,
    status = CASE WHEN kept.status = 'draft_created' THEN kept.status ELSE excluded.status END,
    needs_review = excluded.needs_review OR (kept.status = 'draft_created'
      AND (kept.needs_review OR doc_content(kept) <> doc_content(excluded))),
    object_version = excluded.object_version,
    ocr_payload = excluded.ocr_payload,
    storage_uri = excluded.storage_uri,
    schema_version = excluded.schema_version,
    model_id = excluded.model_id,
    prompt_version = excluded.prompt_version,
    confidence = excluded.confidence,
    error = excluded.error
  WHERE doc_content(kept) <> doc_content(excluded)
    OR kept.object_version IS DISTINCT FROM excluded.object_version
    OR kept.needs_review <> (excluded.needs_review OR (kept.status = 'draft_created' AND kept.needs_review));

  IF NOT p_partial THEN
    DELETE FROM "Doc" WHERE job_thread_id = p_job_id AND page_number NOT IN (
      SELECT page_number FROM unnest(rows));
  END IF;

  DELETE FROM "StagedDoc" WHERE job_thread_id = p_job_id;

  UPDATE "JobThread" SET
    status = CASE WHEN p_error IS NULL THEN 'processed' ELSE 'error' END::"JobStatus",
    completed_at = CASE WHEN p_error IS NULL THEN clock_timestamp() END,
    failed_at = CASE WHEN p_error IS NOT NULL THEN clock_timestamp() END,
    error = CASE WHEN p_error IS NOT NULL THEN said(p_error, 'Unnamed') END,
    error_message = CASE WHEN p_error IS NULL THEN p_error_message ELSE said(p_error_message, 'The run failed without saying why. Retry the job.') END,
    lease_until = NULL,
    waiting_since = NULL,
    cache_hits = p_cache_hits,
    page_count = CASE WHEN p_partial THEN page_count ELSE cardinality(rows) END
  WHERE id = p_job_id;
END
$$;

-- A text, or another one where it says nothing: a job that can't be ended without a reason must be
-- ended all the same.
CREATE OR REPLACE FUNCTION said(p_text text, p_otherwise text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT CASE WHEN p_text ~ '\S' THEN p_text ELSE p_otherwise END
$$;

CREATE OR REPLACE FUNCTION touch_updated_at() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_temp AS $$
BEGIN
  NEW.updated_at := clock_timestamp();
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER touch_updated_at BEFORE UPDATE ON "JobThread"
  FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE OR REPLACE TRIGGER touch_updated_at BEFORE UPDATE ON "Doc"
  FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE OR REPLACE TRIGGER touch_updated_at BEFORE UPDATE ON "Settings"
  FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

REVOKE ALL ON FUNCTION said(text,text) FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION said(text,text) TO service_role;
REVOKE SELECT ON TABLE "Doc" FROM authenticated;
GRANT SELECT (confidence), SELECT (created_at), SELECT (doc_type), SELECT (error), SELECT (id), SELECT (job_thread_id), SELECT (model_id), SELECT (needs_review), SELECT (ocr_payload), SELECT (page_number), SELECT (prompt_version), SELECT (schema_version), SELECT (status), SELECT (updated_at), SELECT (user_id) ON TABLE "Doc" TO authenticated;
REVOKE SELECT ON TABLE "DocRevision" FROM authenticated;
GRANT SELECT (confidence), SELECT (doc_id), SELECT (doc_type), SELECT (error), SELECT (id), SELECT (model_id), SELECT (ocr_payload), SELECT (prompt_version), SELECT (replaced_at), SELECT (schema_version), SELECT (user_id), SELECT (written_at) ON TABLE "DocRevision" TO authenticated;
REVOKE SELECT ON TABLE "JobAttempt" FROM authenticated;
GRANT SELECT (attempt), SELECT (ended_at), SELECT (error), SELECT (job_thread_id), SELECT (outcome), SELECT (reason), SELECT (replay), SELECT (started_at), SELECT (user_id) ON TABLE "JobAttempt" TO authenticated;
REVOKE SELECT ON TABLE "JobThread" FROM authenticated;
GRANT SELECT (attempt), SELECT (cache_hits), SELECT (classified_pages), SELECT (completed_at), SELECT (cost_usd), SELECT (created_at), SELECT (error), SELECT (error_message), SELECT (failed_at), SELECT (file_name), SELECT (id), SELECT (input_tokens), SELECT (model_calls), SELECT (output_tokens), SELECT (page_count), SELECT (read_pages), SELECT (replay), SELECT (resume_at), SELECT (started_at), SELECT (status), SELECT (updated_at), SELECT (user_id), SELECT (waiting_for), SELECT (waiting_reason), SELECT (waiting_since) ON TABLE "JobThread" TO authenticated;

-- Prisma's own list of migrations, which a Supabase project has given to everyone.
DO $$
BEGIN
  IF to_regclass('public._prisma_migrations') IS NOT NULL THEN
    REVOKE ALL ON "_prisma_migrations" FROM PUBLIC, anon, authenticated;
    ALTER TABLE "_prisma_migrations" ENABLE ROW LEVEL SECURITY;
  END IF;
END
$$;
