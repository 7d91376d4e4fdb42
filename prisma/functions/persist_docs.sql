-- Writes a run's rows and ends its job, in one transaction. With p_error the job ends as error, its
-- rows are kept all the same. With p_partial the rows of other pages stay as they are. A run says of
-- each page whether somebody should look at it, also where nothing else in its row is new; a page
-- that was read anew without a problem loses that flag, unless a draft was made of what it said before.
-- A page that is approved stays as it is (is_locked).
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
  written "Doc"[];
BEGIN
  IF job.status = 'processed' OR (job.status = 'error' AND p_error IS NOT NULL) THEN
    RETURN; -- This run has ended the job already; its answer was lost.
  END IF;
  IF job.status <> 'processing' THEN
    RAISE EXCEPTION 'job % is %, not processing', p_job_id, job.status USING ERRCODE = 'BS003';
  END IF;

  -- One run of a user at a time from here: of two that bring the same document, the second sees it.
  PERFORM pg_advisory_xact_lock(hashtextextended(job.user_id::text, 0));

  -- All pages before anything that is kept for the job (JobListing): in the order in which reviewers take them.
  PERFORM FROM "Doc" WHERE job_thread_id = p_job_id ORDER BY page_number FOR UPDATE;

  SELECT coalesce(array_agg(with_duplicate(job, jsonb_populate_record(NULL::"Doc", doc))), '{}') INTO rows
  FROM (
    SELECT doc FROM "StagedDoc" WHERE job_thread_id = p_job_id AND run_token = p_token
    UNION ALL
    SELECT doc FROM jsonb_array_elements(p_docs) AS doc
  ) AS given;

  rows := with_continuations(job, with_bundles(job, rows));

  SELECT coalesce(array_agg(given), '{}') INTO written FROM unnest(rows) AS given
  WHERE NOT EXISTS (
    SELECT FROM "Doc" AS kept
    WHERE kept.job_thread_id = p_job_id AND kept.page_number = given.page_number AND is_locked(kept, job));

  INSERT INTO "DocRevision" (
    doc_id, user_id, doc_type, ocr_payload, storage_uri, schema_version, model_id,
    prompt_version, confidence, error, written_at, replaced_by)
  SELECT
    kept.id, kept.user_id, kept.doc_type, kept.ocr_payload, kept.storage_uri,
    kept.schema_version, kept.model_id, kept.prompt_version, kept.confidence, kept.error,
    kept.updated_at, p_token
  FROM "Doc" AS kept JOIN unnest(written) AS given USING (page_number)
  WHERE kept.job_thread_id = p_job_id AND doc_content(kept) <> doc_content(given);

  INSERT INTO "Doc" AS kept (
    job_thread_id, user_id, page_number, doc_type, status, ocr_payload, storage_uri,
    schema_version, model_id, prompt_version, confidence, error, object_version, needs_review,
    created_at)
  SELECT
    job.id, job.user_id, page_number, doc_type, status, ocr_payload, storage_uri,
    schema_version, model_id, prompt_version, confidence, error, job.object_version,
    coalesce(needs_review, false), clock_timestamp()
  FROM unnest(written)
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
    replayed_from = CASE WHEN p_error IS NOT NULL AND cardinality(written) = 0 THEN replayed_from END,
    cache_hits = p_cache_hits,
    page_count = CASE WHEN p_partial THEN page_count ELSE cardinality(rows) END
  WHERE id = p_job_id;
END
$$;
