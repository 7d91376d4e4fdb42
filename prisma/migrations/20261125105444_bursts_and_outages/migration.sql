-- AlterTable
ALTER TABLE "Doc" ADD COLUMN     "object_version" TEXT;

-- A job that is processed has rows of the upload that its last run took; of others that is not known.
UPDATE "Doc" SET object_version = job.object_version
FROM "JobThread" AS job WHERE job.id = job_thread_id AND job.status = 'processed';

-- CreateIndex
CREATE INDEX "ModelCall_model_id_created_at_idx" ON "ModelCall"("model_id", "created_at");

SET LOCAL check_function_bodies = off;

-- Single pages can be read again once every page has its row, and each is of the upload that is read
-- again; otherwise the job would end as processed with rows missing, or with rows of two documents.
CREATE OR REPLACE FUNCTION check_replayed_pages(job "JobThread", p_pages jsonb) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  rows integer;
BEGIN
  IF coalesce(jsonb_array_length(p_pages), 0) = 0 THEN
    RETURN;
  END IF;
  SELECT count(*) INTO rows FROM "Doc" WHERE job_thread_id = job.id;
  IF job.page_count IS NULL OR rows <> job.page_count THEN
    RAISE EXCEPTION 'not all of its pages have been read yet; leave out the pages'
      USING ERRCODE = 'BS005';
  END IF;
  IF EXISTS (
    SELECT FROM "Doc"
    WHERE job_thread_id = job.id AND object_version IS DISTINCT FROM job.object_version)
  THEN
    RAISE EXCEPTION 'its rows are of an earlier upload than its last run; leave out the pages'
      USING ERRCODE = 'BS005';
  END IF;
  IF EXISTS (
    SELECT FROM jsonb_array_elements_text(p_pages) AS page
    WHERE page::integer NOT BETWEEN 1 AND job.page_count)
  THEN
    RAISE EXCEPTION 'it has the pages 1 to %', job.page_count USING ERRCODE = 'BS005';
  END IF;
END
$$;

-- Ends what it is no use to go on with: jobs whose runs have ended without a word again and again, and
-- jobs that have waited for their model for too long.
CREATE OR REPLACE FUNCTION fail_overdue_jobs(p_longest_wait_seconds integer, p_limit integer DEFAULT 100)
RETURNS TABLE (job_id uuid, error text)
LANGUAGE sql SECURITY INVOKER SET search_path = public, pg_temp AS $$
  WITH overdue AS (
    SELECT id, status, waiting_for, waiting_since, waiting_reason FROM "JobThread" AS dead
    WHERE (status = 'processing' AND lease_until < clock_timestamp() AND has_died_often(dead))
       OR (status = 'waiting'
           AND waiting_since < clock_timestamp() - make_interval(secs => p_longest_wait_seconds))
    ORDER BY coalesce(lease_until, waiting_since)
    LIMIT p_limit
    FOR UPDATE SKIP LOCKED
  )
  UPDATE "JobThread" AS job SET
    status = 'error',
    error = CASE overdue.status WHEN 'waiting' THEN 'ModelUnavailable' ELSE 'LeaseExpired' END,
    error_message = CASE overdue.status
      WHEN 'waiting' THEN format(
        'The model %s has not answered since %s UTC (%s). Retry the job when it answers again, or choose another model.',
        overdue.waiting_for, to_char(overdue.waiting_since AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'),
        coalesce(overdue.waiting_reason, 'no reason was given'))
      ELSE 'Its runs have ended without a word, three times in a day. Look at the logs of the job before you retry it.' END,
    failed_at = clock_timestamp(), lease_until = NULL, waiting_since = NULL, resume_at = NULL
  FROM overdue WHERE job.id = overdue.id
  RETURNING job.id, job.error
$$;

-- Whether a job's runs have ended without a word so often that one more would be in vain.
CREATE OR REPLACE FUNCTION has_died_often(job "JobThread") RETURNS boolean
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
  SELECT count(*) >= 3 FROM "JobAttempt"
  WHERE job_thread_id = job.id AND outcome = 'superseded'
    AND started_at > clock_timestamp() - interval '1 day'
$$;

-- Puts a job aside until its model answers again. The model's breaker opens where calls of two jobs or
-- more have failed in the last ten minutes, and no fewer than succeeded: one page that a model can't
-- cope with stops nobody else. Until it opens, the job alone waits, twice as long after every run
-- that ended so; and a probe that fails opens it for twice as long as the time before.
CREATE OR REPLACE FUNCTION park_job(
  p_job_id uuid,
  p_token text,
  p_model_id text,
  p_reason text,
  p_probe_seconds integer,
  p_longest_probe_seconds integer
) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  job "JobThread" := hold_job(p_job_id, p_token);
  breaker "ModelBreaker";
  waits integer;
  is_down boolean;
BEGIN
  IF job.status = 'waiting' THEN
    RETURN; -- Its answer was lost.
  END IF;
  IF job.status <> 'processing' THEN
    RAISE EXCEPTION 'job % is %, not processing', p_job_id, job.status USING ERRCODE = 'BS003';
  END IF;
  SELECT count(*) INTO waits FROM "JobAttempt"
    WHERE job_thread_id = p_job_id AND attempt < job.attempt AND attempt > coalesce((
      SELECT max(attempt) FROM "JobAttempt"
      WHERE job_thread_id = p_job_id AND attempt < job.attempt AND outcome IS DISTINCT FROM 'waiting'), 0);
  UPDATE "JobThread" SET
    status = 'waiting', waiting_since = coalesce(waiting_since, clock_timestamp()),
    waiting_for = p_model_id, waiting_reason = p_reason,
    resume_at = clock_timestamp() + make_interval(secs =>
      least(p_longest_probe_seconds, p_probe_seconds * 2.0 ^ least(waits, 20))),
    lease_until = NULL
  WHERE id = p_job_id;

  INSERT INTO "ModelBreaker" (model_id) VALUES (p_model_id) ON CONFLICT DO NOTHING;
  SELECT * INTO breaker FROM "ModelBreaker" WHERE model_id = p_model_id FOR UPDATE;
  IF breaker.state = 'closed' THEN
    SELECT count(DISTINCT job_thread_id) FILTER (WHERE has_failed) >= 2
        AND count(*) FILTER (WHERE has_failed) * 2 >= count(*)
      INTO is_down
      FROM (
        SELECT job_thread_id, outcome IN ('ModelUnavailable', 'ModelThrottled') AS has_failed
        FROM "ModelCall"
        WHERE model_id = p_model_id AND created_at > clock_timestamp() - interval '10 minutes') AS calls;
  ELSE
    is_down := breaker.state = 'half_open'
      AND coalesce(breaker.last_ok_at, '-infinity') < breaker.released_at;
  END IF;
  IF is_down THEN
    UPDATE "ModelBreaker" SET
      state = 'open', reason = p_reason, allowance = 0, openings = openings + 1,
      probe_at = clock_timestamp() + make_interval(secs =>
        least(p_longest_probe_seconds, p_probe_seconds * 2.0 ^ least(openings, 20))),
      updated_at = clock_timestamp()
    WHERE model_id = p_model_id
    RETURNING * INTO breaker;
    PERFORM note_breaker(breaker, 'system');
  END IF;
  IF breaker.state <> 'closed' THEN
    -- The breaker says when now, one job after the other.
    UPDATE "JobThread" SET resume_at = clock_timestamp() WHERE id = p_job_id;
  END IF;
END
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
    error = p_error,
    error_message = p_error_message,
    lease_until = NULL,
    waiting_since = NULL,
    cache_hits = p_cache_hits,
    page_count = CASE WHEN p_partial THEN page_count ELSE cardinality(rows) END
  WHERE id = p_job_id;
END
$$;

-- Jobs whose run ended without a word: their lease ran out. They may be started again, unless that
-- has happened three times within a day (see fail_overdue_jobs).
CREATE OR REPLACE FUNCTION restartable_jobs(p_limit integer DEFAULT 100) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
  SELECT id FROM "JobThread" AS job
  WHERE status = 'processing' AND lease_until < clock_timestamp() AND NOT has_died_often(job)
  ORDER BY lease_until
  LIMIT p_limit
$$;

-- The waiting jobs that may start now; who was tried last comes last. One probe where a breaker's time is over; then,
-- as long as the model answers, twice as many each time; in the end all, and the breaker is closed.
-- A job that is given out is not given out again for five minutes.
CREATE OR REPLACE FUNCTION resume_jobs(p_limit integer DEFAULT 50) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  breaker "ModelBreaker";
  waiting integer;
  released integer;
  next_state "BreakerState";
BEGIN
  FOR breaker IN SELECT * FROM "ModelBreaker" WHERE state <> 'paused' ORDER BY model_id FOR UPDATE
  LOOP
    SELECT count(*) INTO waiting FROM "JobThread"
      WHERE status = 'waiting' AND waiting_for = breaker.model_id;
    next_state := breaker.state;
    released := 0;
    IF breaker.state = 'closed' THEN
      released := p_limit;
    ELSIF breaker.state = 'open' THEN
      IF breaker.probe_at <= clock_timestamp() AND waiting > 0 THEN
        next_state := 'half_open';
        released := 1;
      END IF;
    ELSIF breaker.last_ok_at >= breaker.released_at THEN
      released := least(breaker.allowance * 2, p_limit);
      IF released >= waiting THEN
        next_state := 'closed';
      END IF;
    ELSIF breaker.released_at < clock_timestamp() - interval '10 minutes' THEN
      released := 1; -- Nothing was heard of the probe.
    END IF;

    IF released > 0 THEN
      UPDATE "ModelBreaker" SET
        state = next_state,
        reason = CASE next_state WHEN 'closed' THEN 'the model answers' ELSE reason END,
        openings = CASE next_state WHEN 'closed' THEN 0 ELSE openings END,
        allowance = CASE next_state WHEN 'closed' THEN 0 ELSE released END,
        released_at = clock_timestamp(),
        updated_at = clock_timestamp()
      WHERE model_id = breaker.model_id
      RETURNING * INTO breaker;
      IF NOT EXISTS (
        SELECT FROM "BreakerEvent" WHERE model_id = breaker.model_id
          AND created_at = (SELECT max(created_at) FROM "BreakerEvent"
                            WHERE model_id = breaker.model_id)
          AND state = breaker.state)
      THEN
        PERFORM note_breaker(breaker, 'system');
      END IF;
      RETURN QUERY
        UPDATE "JobThread" SET resume_at = clock_timestamp() + interval '5 minutes'
        WHERE id IN (
          SELECT id FROM "JobThread"
          WHERE status = 'waiting' AND waiting_for = breaker.model_id
            AND resume_at <= clock_timestamp()
          ORDER BY resume_at, waiting_since, id
          LIMIT released
          FOR UPDATE SKIP LOCKED)
        RETURNING id;
    END IF;
  END LOOP;
END
$$;

-- How often a model has not answered a job about these pages, and how often it has answered about
-- others since the first of those calls: what never gets an answer while others do is not the
-- model's failure.
CREATE OR REPLACE FUNCTION unanswered_calls(
  p_job_id uuid,
  p_step text,
  p_pages integer[],
  p_model_id text
) RETURNS jsonb
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
  WITH unanswered AS (
    SELECT created_at FROM "ModelCall"
    WHERE job_thread_id = p_job_id AND step = p_step AND pages = p_pages AND model_id = p_model_id
      AND outcome = 'ModelUnavailable'
  )
  SELECT jsonb_build_object(
    'unanswered', (SELECT count(*) FROM unanswered),
    'answered_others', (
      SELECT count(*) FROM "ModelCall"
      WHERE model_id = p_model_id AND outcome = 'ok'
        AND created_at > (SELECT min(created_at) FROM unanswered)))
$$;

REVOKE ALL ON FUNCTION has_died_often("JobThread") FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION restartable_jobs(integer) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION unanswered_calls(uuid,text,integer[],text) FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION has_died_often("JobThread") TO service_role;
GRANT EXECUTE ON FUNCTION restartable_jobs(integer) TO service_role;
GRANT EXECUTE ON FUNCTION unanswered_calls(uuid,text,integer[],text) TO service_role;
