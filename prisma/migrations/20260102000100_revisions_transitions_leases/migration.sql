-- Revisions, legal transitions, leases, and completion in chunks. A further error that callers tell
-- apart:
--   BS004  a status can't follow another

-- Which status of a job may follow which. A processed or failed job is processed again by a new
-- version of its upload, a retry or a replay.
CREATE FUNCTION check_job_transition() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (OLD.status, NEW.status) NOT IN (
    ('uploaded', 'processing'), ('uploaded', 'error'),
    ('processing', 'processed'), ('processing', 'error'),
    ('processed', 'processing'), ('error', 'processing')
  ) THEN
    RAISE EXCEPTION 'job % can not go from % to %', OLD.id, OLD.status, NEW.status
      USING ERRCODE = 'BS004';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER check_job_transition BEFORE UPDATE OF status ON "JobThread"
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status)
  EXECUTE FUNCTION check_job_transition();

-- A draft that was made is never taken back, whoever writes.
CREATE FUNCTION check_doc_transition() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'doc % can not go from % to %', OLD.id, OLD.status, NEW.status
    USING ERRCODE = 'BS004';
END
$$;

CREATE TRIGGER check_doc_transition BEFORE UPDATE OF status ON "Doc"
  FOR EACH ROW WHEN (OLD.status = 'draft_created' AND NEW.status <> 'draft_created')
  EXECUTE FUNCTION check_doc_transition();

-- Keeps a run's hold on its job for longer; gives the time until which it holds.
CREATE FUNCTION renew_lease(p_job_id uuid, p_token text, p_lease_seconds integer)
RETURNS timestamptz
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  job "JobThread" := hold_job(p_job_id, p_token);
BEGIN
  IF job.status <> 'processing' THEN
    RAISE EXCEPTION 'job % is %, not processing', p_job_id, job.status USING ERRCODE = 'BS003';
  END IF;
  UPDATE "JobThread"
    SET lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds)
    WHERE id = p_job_id
    RETURNING * INTO job;
  RETURN job.lease_until;
END
$$;

-- Jobs whose run is dead: it holds them, but its lease ran out. The longest dead first.
CREATE FUNCTION stuck_jobs(p_limit integer DEFAULT 100)
RETURNS TABLE (job_id uuid, execution text, run_token text, lease_until timestamptz)
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
  SELECT job.id, job.execution, job.run_token, job.lease_until
  FROM "JobThread" AS job
  WHERE job.status = 'processing' AND job.lease_until < clock_timestamp()
  ORDER BY job.lease_until
  LIMIT p_limit
$$;

-- Puts a part of a run's rows aside, where nobody sees them before its completion.
CREATE FUNCTION stage_docs(p_job_id uuid, p_token text, p_docs jsonb) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  job "JobThread" := hold_job(p_job_id, p_token);
BEGIN
  IF job.status <> 'processing' THEN
    RAISE EXCEPTION 'job % is %, not processing', p_job_id, job.status USING ERRCODE = 'BS003';
  END IF;
  INSERT INTO "StagedDoc" (job_thread_id, run_token, page_number, doc)
    SELECT p_job_id, p_token, (doc ->> 'page_number')::integer, doc
    FROM jsonb_array_elements(p_docs) AS doc
    ON CONFLICT (job_thread_id, run_token, page_number) DO UPDATE SET doc = excluded.doc;
END
$$;

-- What a row says, for telling whether another says the same.
CREATE FUNCTION doc_content(doc "Doc") RETURNS jsonb
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT jsonb_build_object(
    'doc_type', doc.doc_type, 'ocr_payload', doc.ocr_payload, 'storage_uri', doc.storage_uri,
    'schema_version', doc.schema_version, 'model_id', doc.model_id,
    'prompt_version', doc.prompt_version, 'confidence', doc.confidence, 'error', doc.error)
$$;

-- The job has exactly the staged rows and these, and is processed. Rows that stay the same are not
-- touched; one that changes leaves a revision. A draft that a later phase has made is kept, and
-- its row flagged for review.
CREATE OR REPLACE FUNCTION persist_docs(p_job_id uuid, p_token text, p_docs jsonb) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  job "JobThread" := hold_job(p_job_id, p_token);
  rows "Doc"[];
BEGIN
  IF job.status = 'processed' THEN
    RETURN; -- This run has written them already; its answer was lost.
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
    schema_version, model_id, prompt_version, confidence, error)
  SELECT
    job.id, job.user_id, page_number, doc_type, status, ocr_payload, storage_uri,
    schema_version, model_id, prompt_version, confidence, error
  FROM unnest(rows)
  ON CONFLICT (job_thread_id, page_number) DO UPDATE SET
    doc_type = excluded.doc_type,
    status = CASE WHEN kept.status = 'draft_created' THEN kept.status ELSE excluded.status END,
    needs_review = kept.needs_review OR kept.status = 'draft_created',
    ocr_payload = excluded.ocr_payload,
    storage_uri = excluded.storage_uri,
    schema_version = excluded.schema_version,
    model_id = excluded.model_id,
    prompt_version = excluded.prompt_version,
    confidence = excluded.confidence,
    error = excluded.error
  WHERE doc_content(kept) <> doc_content(excluded);

  DELETE FROM "Doc" WHERE job_thread_id = p_job_id AND page_number NOT IN (
    SELECT page_number FROM unnest(rows));

  DELETE FROM "StagedDoc" WHERE job_thread_id = p_job_id;

  UPDATE "JobThread" SET
    status = 'processed', completed_at = clock_timestamp(), lease_until = NULL,
    page_count = cardinality(rows)
  WHERE id = p_job_id;
END
$$;

ALTER TABLE "DocRevision" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "StagedDoc" ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON "DocRevision", "StagedDoc" FROM anon, authenticated;
GRANT SELECT ON "DocRevision" TO authenticated;
GRANT SELECT, INSERT, UPDATE, DELETE ON "DocRevision", "StagedDoc" TO service_role;
CREATE POLICY own_revisions ON "DocRevision" FOR SELECT TO authenticated
  USING (user_id = (SELECT auth.uid()));

REVOKE EXECUTE ON FUNCTION
  check_job_transition(),
  check_doc_transition(),
  renew_lease(uuid, text, integer),
  stuck_jobs(integer),
  stage_docs(uuid, text, jsonb),
  doc_content("Doc")
  FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION
  renew_lease(uuid, text, integer),
  stuck_jobs(integer),
  stage_docs(uuid, text, jsonb),
  doc_content("Doc")
  TO service_role;
