-- What must be exclusive or atomic, as functions that PostgREST serves under /rpc. Each call is one
-- transaction. Errors that callers tell apart have SQLSTATEs of their own, which arrive as "code":
--   BS001  there is no such job
--   BS002  the job belongs to another user
--   BS003  the run no longer holds the job (its fencing token is stale)

CREATE FUNCTION touch_updated_at() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  NEW.updated_at := clock_timestamp();
  RETURN NEW;
END
$$;

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "JobThread"
  FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "Doc"
  FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "Settings"
  FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

-- Gives a run the job, unless another run holds it or this version of the object was dealt with.
-- The same execution may ask again (its first answer was lost) and gets the same token.
CREATE FUNCTION claim_job(
  p_job_id uuid,
  p_user_id uuid,
  p_execution text,
  p_object_key text,
  p_object_version text,
  p_lease_seconds integer
) RETURNS jsonb
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  job "JobThread";
BEGIN
  SELECT * INTO job FROM "JobThread" WHERE id = p_job_id FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no job %', p_job_id USING ERRCODE = 'BS001';
  END IF;
  IF job.user_id <> p_user_id THEN
    RAISE EXCEPTION 'job % does not belong to user %', p_job_id, p_user_id USING ERRCODE = 'BS002';
  END IF;

  IF job.status = 'processing' AND job.execution = p_execution THEN
    RETURN jsonb_build_object(
      'outcome', 'granted', 'token', job.run_token, 'attempt', job.attempt, 'user_id', job.user_id);
  END IF;
  IF job.status = 'processing' AND job.lease_until > clock_timestamp() THEN
    RETURN jsonb_build_object('outcome', 'held');
  END IF;
  IF job.status IN ('processed', 'error')
     AND job.object_key = p_object_key AND job.object_version = p_object_version THEN
    RETURN jsonb_build_object('outcome', 'already_processed');
  END IF;

  UPDATE "JobThread" SET
    status = 'processing',
    attempt = attempt + 1,
    execution = p_execution,
    run_token = p_execution || '#' || (attempt + 1),
    lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds),
    object_key = p_object_key,
    object_version = p_object_version,
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
  RETURN jsonb_build_object(
    'outcome', 'granted', 'token', job.run_token, 'attempt', job.attempt, 'user_id', job.user_id);
END
$$;

-- Locks the job and refuses a stale token.
CREATE FUNCTION hold_job(p_job_id uuid, p_token text) RETURNS "JobThread"
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  job "JobThread";
BEGIN
  SELECT * INTO job FROM "JobThread" WHERE id = p_job_id FOR UPDATE;
  IF NOT FOUND OR job.run_token IS DISTINCT FROM p_token THEN
    RAISE EXCEPTION 'job % is not held under token %', p_job_id, p_token USING ERRCODE = 'BS003';
  END IF;
  RETURN job;
END
$$;

-- Notes how far a run is, for whoever watches. Noting the same pages twice changes nothing.
CREATE FUNCTION record_progress(
  p_job_id uuid,
  p_token text,
  p_page_count integer DEFAULT NULL,
  p_classified integer[] DEFAULT '{}',
  p_read integer[] DEFAULT '{}'
) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  job "JobThread" := hold_job(p_job_id, p_token);
BEGIN
  IF job.status <> 'processing' THEN
    RETURN; -- A straggler after the end.
  END IF;
  UPDATE "JobThread" SET
    page_count = coalesce(p_page_count, page_count),
    classified_pages = ARRAY(
      SELECT DISTINCT page FROM unnest(classified_pages || p_classified) AS page ORDER BY page),
    read_pages = ARRAY(SELECT DISTINCT page FROM unnest(read_pages || p_read) AS page ORDER BY page)
  WHERE id = p_job_id;
END
$$;

-- The job has exactly these rows, and is processed. Rows that stay the same are not touched, and
-- a draft that a later phase has made is never taken back.
CREATE FUNCTION persist_docs(p_job_id uuid, p_token text, p_docs jsonb) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  job "JobThread" := hold_job(p_job_id, p_token);
BEGIN
  IF job.status = 'processed' THEN
    RETURN; -- This run has written them already; its answer was lost.
  END IF;
  IF job.status <> 'processing' THEN
    RAISE EXCEPTION 'job % is %, not processing', p_job_id, job.status USING ERRCODE = 'BS003';
  END IF;

  INSERT INTO "Doc" AS kept (
    job_thread_id, user_id, page_number, doc_type, status, ocr_payload, storage_uri,
    schema_version, model_id, prompt_version, confidence, error)
  SELECT
    job.id, job.user_id, page_number, doc_type, status, ocr_payload, storage_uri,
    schema_version, model_id, prompt_version, confidence, error
  FROM jsonb_to_recordset(p_docs) AS doc (
    page_number integer, doc_type "DocType", status "DocStatus", ocr_payload jsonb,
    storage_uri text, schema_version integer, model_id text, prompt_version text,
    confidence double precision, error text)
  ON CONFLICT (job_thread_id, page_number) DO UPDATE SET
    doc_type = excluded.doc_type,
    status = CASE WHEN kept.status = 'draft_created' THEN kept.status ELSE excluded.status END,
    ocr_payload = excluded.ocr_payload,
    storage_uri = excluded.storage_uri,
    schema_version = excluded.schema_version,
    model_id = excluded.model_id,
    prompt_version = excluded.prompt_version,
    confidence = excluded.confidence,
    error = excluded.error
  WHERE (kept.doc_type, kept.ocr_payload, kept.storage_uri, kept.schema_version, kept.model_id,
         kept.prompt_version, kept.confidence, kept.error)
    IS DISTINCT FROM
        (excluded.doc_type, excluded.ocr_payload, excluded.storage_uri, excluded.schema_version,
         excluded.model_id, excluded.prompt_version, excluded.confidence, excluded.error);

  DELETE FROM "Doc" WHERE job_thread_id = p_job_id AND page_number NOT IN (
    SELECT (doc ->> 'page_number')::integer FROM jsonb_array_elements(p_docs) AS doc);

  UPDATE "JobThread" SET
    status = 'processed', completed_at = clock_timestamp(), lease_until = NULL,
    page_count = jsonb_array_length(p_docs)
  WHERE id = p_job_id;
END
$$;

-- Ends the job that an execution holds as an error; gives its id, or null where it holds none.
CREATE FUNCTION fail_job(p_execution text, p_error text, p_error_message text) RETURNS uuid
LANGUAGE sql SECURITY INVOKER SET search_path = public, pg_temp AS $$
  UPDATE "JobThread" SET
    status = 'error', error = p_error, error_message = p_error_message,
    failed_at = clock_timestamp(), lease_until = NULL
  WHERE execution = p_execution AND status = 'processing'
  RETURNING id
$$;

-- A user sees their own rows and writes none; the service role does the work.
ALTER TABLE "JobThread" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "Doc" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "Settings" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "DocTypeSchema" ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON "JobThread", "Doc", "Settings", "DocTypeSchema" FROM anon, authenticated;
GRANT SELECT ON "JobThread", "Doc" TO authenticated;
GRANT SELECT, INSERT, UPDATE, DELETE ON "JobThread", "Doc", "Settings", "DocTypeSchema"
  TO service_role;

CREATE POLICY own_jobs ON "JobThread" FOR SELECT TO authenticated
  USING (user_id = (SELECT auth.uid()));
CREATE POLICY own_docs ON "Doc" FOR SELECT TO authenticated
  USING (user_id = (SELECT auth.uid()));

REVOKE EXECUTE ON FUNCTION
  touch_updated_at(),
  claim_job(uuid, uuid, text, text, text, integer),
  hold_job(uuid, text),
  record_progress(uuid, text, integer, integer[], integer[]),
  persist_docs(uuid, text, jsonb),
  fail_job(text, text, text)
  FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION
  claim_job(uuid, uuid, text, text, text, integer),
  hold_job(uuid, text),
  record_progress(uuid, text, integer, integer[], integer[]),
  persist_docs(uuid, text, jsonb),
  fail_job(text, text, text)
  TO service_role;
