-- What starts, parks, resumes and ends a job. Every function is one transaction; a row lock on the
-- job is taken first, so that no two of them can disagree.

-- A job that waits for its model is neither failed nor worked on.
CREATE OR REPLACE FUNCTION check_job_transition() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (OLD.status, NEW.status) NOT IN (
    ('uploaded', 'processing'), ('uploaded', 'waiting'), ('uploaded', 'error'),
    ('processing', 'processed'), ('processing', 'waiting'), ('processing', 'error'),
    ('waiting', 'processing'), ('waiting', 'error'),
    ('processed', 'processing'), ('processed', 'waiting'),
    ('error', 'processing'), ('error', 'waiting')
  ) THEN
    RAISE EXCEPTION 'job % can not go from % to %', OLD.id, OLD.status, NEW.status
      USING ERRCODE = 'BS004';
  END IF;
  RETURN NEW;
END
$$;

-- A run can't outlive its lease: the state machine ends it before.
DROP FUNCTION renew_lease(uuid, text, integer);

-- Grants a job to one execution, or says why there is nothing for it to do.
--
-- An upload's event comes with the object (p_upload: bucket, key, versionId, etag) and its sequencer,
-- by which S3 orders the writes to one key (Amazon S3 user guide, "Event message structure").
-- Without p_upload it is a manual retry, or with p_replay a replay, of what the job has. An upload
-- whose model's breaker is not closed waits instead of starting a run that is bound to fail; who
-- asks by hand is not held up.
DROP FUNCTION claim_job(uuid, uuid, text, text, text, integer);
CREATE FUNCTION claim_job(
  p_job_id uuid,
  p_execution text,
  p_lease_seconds integer,
  p_model_id text,
  p_user_id uuid DEFAULT NULL,
  p_upload jsonb DEFAULT NULL,
  p_object_sequencer text DEFAULT NULL,
  p_replay jsonb DEFAULT NULL
) RETURNS jsonb
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  job "JobThread";
  breaker "ModelBreaker";
  is_event boolean := p_user_id IS NOT NULL;
  is_live boolean;
  is_same_key boolean;
  is_same_object boolean;
BEGIN
  SELECT * INTO job FROM "JobThread" WHERE id = p_job_id FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no job %', p_job_id USING ERRCODE = 'BS001';
  END IF;
  IF is_event AND job.user_id <> p_user_id THEN
    RAISE EXCEPTION 'job % does not belong to user %', p_job_id, p_user_id USING ERRCODE = 'BS002';
  END IF;
  IF job.status = 'processing' AND job.execution = p_execution THEN
    RETURN granted(job); -- It asks again: the first answer was lost.
  END IF;

  is_live := job.status = 'processing' AND job.lease_until > clock_timestamp();
  IF is_event THEN
    is_same_key := job.object_key IS NOT DISTINCT FROM p_upload ->> 'key';
    is_same_object := is_same_key AND CASE
      WHEN job.upload ? 'versionId' AND p_upload ? 'versionId'
        THEN job.upload ->> 'versionId' = p_upload ->> 'versionId'
      ELSE job.upload ->> 'etag' = p_upload ->> 'etag' END;
    IF is_same_object THEN
      IF is_live THEN
        RETURN jsonb_build_object('outcome', 'held');
      ELSIF job.status <> 'processing' THEN
        RETURN jsonb_build_object('outcome',
          CASE job.status WHEN 'waiting' THEN 'waiting' ELSE 'already_processed' END);
      END IF;
    ELSIF is_same_key AND p_object_sequencer < job.object_sequencer COLLATE "C" THEN
      RETURN jsonb_build_object('outcome', 'superseded');
    END IF; -- A newer version takes over even from a live run, whose token is stale from now on.
  ELSE
    IF is_live THEN
      RETURN jsonb_build_object('outcome', 'held');
    ELSIF job.status = 'processed' AND p_replay IS NULL THEN
      RETURN jsonb_build_object('outcome', 'already_processed');
    ELSIF job.upload IS NULL AND p_upload IS NULL THEN
      RETURN jsonb_build_object('outcome', 'upload_unknown', 'user_id', job.user_id);
    END IF;
    PERFORM check_replayed_pages(job, p_replay -> 'pages');
  END IF;

  IF is_event THEN
    SELECT * INTO breaker FROM "ModelBreaker" WHERE model_id = p_model_id AND state <> 'closed';
    IF FOUND THEN
      UPDATE "JobThread" SET
        status = 'waiting', waiting_since = clock_timestamp(), waiting_for = p_model_id,
        waiting_reason = breaker.reason, resume_at = clock_timestamp(), lease_until = NULL,
        run_token = NULL, execution = p_execution, replay = NULL, upload = p_upload,
        object_key = p_upload ->> 'key',
        object_version = coalesce(p_upload ->> 'versionId', p_upload ->> 'etag'),
        object_sequencer = p_object_sequencer, completed_at = NULL, failed_at = NULL, error = NULL,
        error_message = NULL
      WHERE id = p_job_id;
      RETURN jsonb_build_object('outcome', 'waiting');
    END IF;
  END IF;

  UPDATE "JobThread" SET
    status = 'processing',
    attempt = attempt + 1,
    execution = p_execution,
    run_token = p_execution || '#' || (attempt + 1),
    lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds),
    -- A retry goes on with what the last run was asked to do.
    replay = CASE WHEN is_event OR p_replay IS NOT NULL THEN p_replay ELSE job.replay END,
    upload = coalesce(p_upload, upload),
    object_key = coalesce(p_upload ->> 'key', object_key),
    object_version = coalesce(p_upload ->> 'versionId', p_upload ->> 'etag', object_version),
    object_sequencer = CASE WHEN p_upload IS NULL THEN object_sequencer ELSE p_object_sequencer END,
    waiting_since = CASE job.status WHEN 'waiting' THEN waiting_since END,
    waiting_for = NULL,
    waiting_reason = NULL,
    resume_at = NULL,
    started_at = clock_timestamp(),
    completed_at = NULL,
    failed_at = NULL,
    error = NULL,
    error_message = NULL,
    page_count = NULL,
    classified_pages = '{}',
    read_pages = '{}'
  WHERE id = p_job_id
  RETURNING * INTO job;
  RETURN granted(job);
END
$$;

-- Single pages can be read again once every page has its row; otherwise the job would end as
-- processed with rows missing.
CREATE FUNCTION check_replayed_pages(job "JobThread", p_pages jsonb) RETURNS void
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
    SELECT FROM jsonb_array_elements_text(p_pages) AS page
    WHERE page::integer NOT BETWEEN 1 AND job.page_count)
  THEN
    RAISE EXCEPTION 'it has the pages 1 to %', job.page_count USING ERRCODE = 'BS005';
  END IF;
END
$$;

CREATE FUNCTION granted(job "JobThread") RETURNS jsonb
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT jsonb_build_object(
    'outcome', 'granted', 'token', job.run_token, 'attempt', job.attempt, 'user_id', job.user_id,
    'upload', job.upload, 'replay', job.replay)
$$;

-- Notes what calls of a model have cost: facts, whoever holds the job by now. Noting a call twice
-- changes nothing.
CREATE FUNCTION record_calls(p_job_id uuid, p_calls jsonb) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  job "JobThread";
BEGIN
  SELECT * INTO job FROM "JobThread" WHERE id = p_job_id FOR UPDATE;
  IF NOT FOUND THEN
    RETURN; -- The job was deleted while its pages were read.
  END IF;
  WITH made AS (
    INSERT INTO "ModelCall" (
      id, job_thread_id, user_id, attempt, step, pages, model_id, prompt_version, outcome,
      request_id, input_tokens, output_tokens, cost_usd, elapsed_ms)
    SELECT
      call.id, job.id, job.user_id, call.attempt, call.step, call.pages, call.model_id,
      call.prompt_version, call.outcome, call.request_id, call.input_tokens, call.output_tokens,
      call.cost_usd, call.elapsed_ms
    FROM jsonb_populate_recordset(NULL::"ModelCall", p_calls) AS call
    ON CONFLICT (id) DO NOTHING
    RETURNING *
  ), breakers AS (
    UPDATE "ModelBreaker" AS breaker SET last_ok_at = clock_timestamp()
    WHERE state = 'half_open'
      AND EXISTS (SELECT FROM made WHERE outcome = 'ok' AND made.model_id = breaker.model_id)
  ), sums AS (
    SELECT count(*) AS calls, coalesce(sum(input_tokens), 0) AS input,
      coalesce(sum(output_tokens), 0) AS output, coalesce(sum(cost_usd), 0) AS cost
    FROM made
  )
  UPDATE "JobThread" SET
    model_calls = model_calls + sums.calls,
    input_tokens = "JobThread".input_tokens + sums.input,
    output_tokens = "JobThread".output_tokens + sums.output,
    cost_usd = "JobThread".cost_usd + sums.cost
  FROM sums WHERE id = p_job_id AND sums.calls > 0;
END
$$;

-- Writes a run's rows and ends its job, in one transaction. With p_error the job ends as error, its
-- rows are kept all the same. With p_partial the rows of other pages stay as they are. A run says of
-- each page whether somebody should look at it; a page that was read anew without a problem loses
-- that flag, unless a draft was made of what it said before.
DROP FUNCTION persist_docs(uuid, text, jsonb);
CREATE FUNCTION persist_docs(
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
    schema_version, model_id, prompt_version, confidence, error, needs_review)
  SELECT
    job.id, job.user_id, page_number, doc_type, status, ocr_payload, storage_uri,
    schema_version, model_id, prompt_version, confidence, error, coalesce(needs_review, false)
  FROM unnest(rows)
  ON CONFLICT (job_thread_id, page_number) DO UPDATE SET
    doc_type = excluded.doc_type,
    status = CASE WHEN kept.status = 'draft_created' THEN kept.status ELSE excluded.status END,
    needs_review = excluded.needs_review OR kept.status = 'draft_created',
    ocr_payload = excluded.ocr_payload,
    storage_uri = excluded.storage_uri,
    schema_version = excluded.schema_version,
    model_id = excluded.model_id,
    prompt_version = excluded.prompt_version,
    confidence = excluded.confidence,
    error = excluded.error
  WHERE doc_content(kept) <> doc_content(excluded);

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

-- Ends the job of a failed execution. One that was parked, ended, or taken over stays as it is.
CREATE OR REPLACE FUNCTION fail_job(p_execution text, p_error text, p_error_message text)
RETURNS uuid
LANGUAGE sql SECURITY INVOKER SET search_path = public, pg_temp AS $$
  UPDATE "JobThread" SET
    status = 'error', error = p_error, error_message = p_error_message,
    failed_at = clock_timestamp(), lease_until = NULL, waiting_since = NULL
  WHERE execution = p_execution AND status = 'processing'
  RETURNING id
$$;

-- Ends jobs whose upload arrived but whose execution never started.
CREATE FUNCTION fail_unstarted_job(p_job_id uuid, p_error text, p_error_message text)
RETURNS boolean
LANGUAGE sql SECURITY INVOKER SET search_path = public, pg_temp AS $$
  WITH failed AS (
    UPDATE "JobThread" SET
      status = 'error', error = p_error, error_message = p_error_message,
      failed_at = clock_timestamp()
    WHERE id = p_job_id AND status = 'uploaded'
    RETURNING id
  )
  SELECT EXISTS (SELECT FROM failed)
$$;

-- Ends what nobody works on any more: runs whose lease ran out, and jobs that have waited for their
-- model for too long.
DROP FUNCTION stuck_jobs(integer);
CREATE FUNCTION fail_overdue_jobs(p_longest_wait_seconds integer, p_limit integer DEFAULT 100)
RETURNS TABLE (job_id uuid, error text)
LANGUAGE sql SECURITY INVOKER SET search_path = public, pg_temp AS $$
  WITH overdue AS (
    SELECT id, status, waiting_for, waiting_since, waiting_reason FROM "JobThread"
    WHERE (status = 'processing' AND lease_until < clock_timestamp())
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
      ELSE 'The run ended without a word and its time is over. Retry the job.' END,
    failed_at = clock_timestamp(), lease_until = NULL, waiting_since = NULL, resume_at = NULL
  FROM overdue WHERE job.id = overdue.id
  RETURNING job.id, job.error
$$;

CREATE FUNCTION note_breaker(p_breaker "ModelBreaker", p_actor text) RETURNS void
LANGUAGE sql SECURITY INVOKER SET search_path = public, pg_temp AS $$
  INSERT INTO "BreakerEvent" (model_id, state, reason, actor)
  VALUES (p_breaker.model_id, p_breaker.state, coalesce(p_breaker.reason, ''), p_actor)
$$;

-- Puts a job aside until its model answers again, and opens the model's breaker. A probe that fails
-- opens it for twice as long as the time before.
CREATE FUNCTION park_job(
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
BEGIN
  IF job.status = 'waiting' THEN
    RETURN; -- Its answer was lost.
  END IF;
  IF job.status <> 'processing' THEN
    RAISE EXCEPTION 'job % is %, not processing', p_job_id, job.status USING ERRCODE = 'BS003';
  END IF;
  UPDATE "JobThread" SET
    status = 'waiting', waiting_since = coalesce(waiting_since, clock_timestamp()),
    waiting_for = p_model_id, waiting_reason = p_reason, resume_at = clock_timestamp(),
    lease_until = NULL
  WHERE id = p_job_id;

  INSERT INTO "ModelBreaker" (model_id) VALUES (p_model_id) ON CONFLICT DO NOTHING;
  SELECT * INTO breaker FROM "ModelBreaker" WHERE model_id = p_model_id FOR UPDATE;
  IF breaker.state IN ('closed', 'half_open') THEN
    UPDATE "ModelBreaker" SET
      state = 'open', reason = p_reason, allowance = 0, openings = openings + 1,
      probe_at = clock_timestamp() + make_interval(secs =>
        least(p_longest_probe_seconds, p_probe_seconds * 2.0 ^ least(openings, 20))),
      updated_at = clock_timestamp()
    WHERE model_id = p_model_id
    RETURNING * INTO breaker;
    PERFORM note_breaker(breaker, 'system');
  END IF;
END
$$;

-- The waiting jobs that may start now, oldest first. One probe where a breaker's time is over; then,
-- as long as the model answers, twice as many each time; in the end all, and the breaker is closed.
-- A job that is given out is not given out again for five minutes.
CREATE FUNCTION resume_jobs(p_limit integer DEFAULT 50) RETURNS SETOF uuid
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
          ORDER BY waiting_since, id
          LIMIT released
          FOR UPDATE SKIP LOCKED)
        RETURNING id;
    END IF;
  END LOOP;
END
$$;

-- An operator's hand on a breaker: pause (nothing starts), resume (as if it had answered), probe
-- (the next waiting job is tried at once). The reason is kept.
CREATE FUNCTION control_breaker(p_model_id text, p_action text, p_reason text, p_actor text)
RETURNS "ModelBreaker"
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  breaker "ModelBreaker";
BEGIN
  IF p_action NOT IN ('pause', 'resume', 'probe') OR coalesce(trim(p_reason), '') = '' THEN
    RAISE EXCEPTION 'pause, resume or probe, with a reason' USING ERRCODE = 'BS005';
  END IF;
  INSERT INTO "ModelBreaker" (model_id) VALUES (p_model_id) ON CONFLICT DO NOTHING;
  UPDATE "ModelBreaker" SET
    state = CASE p_action WHEN 'pause' THEN 'paused' WHEN 'resume' THEN 'closed' ELSE 'open' END
      ::"BreakerState",
    openings = CASE p_action WHEN 'resume' THEN 0 ELSE openings END,
    probe_at = CASE p_action WHEN 'probe' THEN clock_timestamp() ELSE probe_at END,
    allowance = 0, reason = p_reason, updated_at = clock_timestamp()
  WHERE model_id = p_model_id
  RETURNING * INTO breaker;
  PERFORM note_breaker(breaker, p_actor);
  RETURN breaker;
END
$$;

-- A version of a schema says the same for ever; one version of a type is active.
CREATE FUNCTION check_schema_version() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF EXISTS (SELECT FROM "Doc" WHERE doc_type = OLD.doc_type AND schema_version = OLD.version) THEN
      RAISE EXCEPTION 'version % of % is used by docs', OLD.version, OLD.doc_type
        USING ERRCODE = 'BS006';
    END IF;
    RETURN OLD;
  END IF;
  IF TG_OP = 'UPDATE' AND (OLD.doc_type, OLD.version, OLD.schema, OLD.prompt, OLD.prompt_version)
    IS DISTINCT FROM (NEW.doc_type, NEW.version, NEW.schema, NEW.prompt, NEW.prompt_version)
  THEN
    RAISE EXCEPTION 'version % of % can not change: add another version', OLD.version, OLD.doc_type
      USING ERRCODE = 'BS006';
  END IF;
  IF NEW.active AND EXISTS (
    SELECT FROM "DocTypeSchema"
    WHERE doc_type = NEW.doc_type AND version <> NEW.version AND active)
  THEN
    RAISE EXCEPTION 'another version of % is active: call activate_schema', NEW.doc_type
      USING ERRCODE = 'BS006';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER check_schema_version BEFORE INSERT OR UPDATE OR DELETE ON "DocTypeSchema"
  FOR EACH ROW EXECUTE FUNCTION check_schema_version();

-- New jobs are read by this version from now on.
CREATE FUNCTION activate_schema(p_doc_type "DocType", p_version integer) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM FROM "DocTypeSchema" WHERE doc_type = p_doc_type FOR UPDATE;
  IF NOT EXISTS (
    SELECT FROM "DocTypeSchema" WHERE doc_type = p_doc_type AND version = p_version)
  THEN
    RAISE EXCEPTION 'there is no version % of %', p_version, p_doc_type USING ERRCODE = 'BS006';
  END IF;
  UPDATE "DocTypeSchema" SET active = false
    WHERE doc_type = p_doc_type AND active AND version <> p_version;
  UPDATE "DocTypeSchema" SET active = true WHERE doc_type = p_doc_type AND version = p_version;
END
$$;

-- What a setting said before, and until when.
CREATE FUNCTION keep_settings_revision() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO "SettingsRevision" (key, value, written_at)
    VALUES (OLD.key, OLD.value, OLD.updated_at);
  RETURN NULL;
END
$$;

CREATE TRIGGER keep_settings_revision AFTER UPDATE OR DELETE ON "Settings"
  FOR EACH ROW EXECUTE FUNCTION keep_settings_revision();

INSERT INTO "Settings" (key, value) VALUES
  ('failure_policy', '{"onPageFailure": "continue", "maxFailedShare": 0.5}'),
  ('concurrency', '{"batches": 4, "pages": 4}'),
  ('waiting', '{"probeSeconds": 60, "longestProbeSeconds": 900, "longestWaitHours": 24}'),
  ('sweep', '{"graceHours": 24, "maxDeletions": 1000, "unstartedMinutes": 15}'),
  -- By model id, in US dollars for a million tokens: {"openai/…": {"inputPerMillion": …, "outputPerMillion": …}}
  ('prices', '{}');

ALTER TABLE "ModelCall" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "ModelBreaker" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "BreakerEvent" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "SettingsRevision" ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON "ModelCall", "ModelBreaker", "BreakerEvent", "SettingsRevision"
  FROM anon, authenticated;
GRANT SELECT ON "ModelCall" TO authenticated;
GRANT SELECT, INSERT, UPDATE, DELETE
  ON "ModelCall", "ModelBreaker", "BreakerEvent", "SettingsRevision" TO service_role;
CREATE POLICY own_calls ON "ModelCall" FOR SELECT TO authenticated
  USING (user_id = (SELECT auth.uid()));

REVOKE EXECUTE ON FUNCTION
  claim_job(uuid, text, integer, text, uuid, jsonb, text, jsonb),
  granted("JobThread"),
  check_replayed_pages("JobThread", jsonb),
  record_calls(uuid, jsonb),
  persist_docs(uuid, text, jsonb, boolean, integer, text, text),
  fail_unstarted_job(uuid, text, text),
  fail_overdue_jobs(integer, integer),
  note_breaker("ModelBreaker", text),
  park_job(uuid, text, text, text, integer, integer),
  resume_jobs(integer),
  control_breaker(text, text, text, text),
  check_schema_version(),
  activate_schema("DocType", integer),
  keep_settings_revision()
  FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION
  claim_job(uuid, text, integer, text, uuid, jsonb, text, jsonb),
  granted("JobThread"),
  check_replayed_pages("JobThread", jsonb),
  record_calls(uuid, jsonb),
  persist_docs(uuid, text, jsonb, boolean, integer, text, text),
  fail_unstarted_job(uuid, text, text),
  fail_overdue_jobs(integer, integer),
  note_breaker("ModelBreaker", text),
  park_job(uuid, text, text, text, integer, integer),
  resume_jobs(integer),
  control_breaker(text, text, text, text),
  activate_schema("DocType", integer)
  TO service_role;
