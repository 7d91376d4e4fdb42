SET LOCAL lock_timeout = '5s';

-- AlterTable
ALTER TABLE "Doc" ADD COLUMN     "document_key" TEXT,
ADD COLUMN     "picture" TEXT;


SET LOCAL check_function_bodies = off;

-- What a row says, for telling whether another says the same: all of it but whose it is, of which
-- upload, since when, what follows from the rest, and what reviewers and later phases make of it.
CREATE OR REPLACE FUNCTION doc_content(doc "Doc") RETURNS jsonb
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT to_jsonb(doc) - ARRAY[
    'id', 'job_thread_id', 'user_id', 'page_number', 'status', 'needs_review',
    'object_version', 'created_at', 'updated_at', 'document_key', 'picture']
$$;

-- What tells a document from all others: of a bill its seller, number and year, of an e-way bill its
-- number. A seller's invoice numbers are unique for a financial year, which begins in April (rule 46(b)
-- of the CGST Rules, 2017), and so are those of credit and debit notes (rule 53). Null where the page
-- does not say it. Signs between the digits of a number are printed one way and read another.
CREATE OR REPLACE FUNCTION document_key(p_type "DocType", p_payload jsonb) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT CASE p_type::text
    WHEN 'eway_bill' THEN 'eway_bill ' || nullif(regexp_replace(fields ->> 'eway_bill_number', '\D', '', 'g'), '')
    WHEN 'bill' THEN (
      SELECT concat_ws(' ', kind, seller, year, number)
      FROM (
        SELECT
          CASE
            WHEN fields ->> 'document_title' ~* '\mcredit' THEN 'credit_note'
            WHEN fields ->> 'document_title' ~* '\mdebit' THEN 'debit_note'
            ELSE 'bill'
          END AS kind,
          coalesce(
            nullif(regexp_replace(upper(fields #>> '{seller,gstin}'), '[^A-Z0-9]', '', 'g'), ''),
            nullif(regexp_replace(lower(fields #>> '{seller,name}'), '[^[:alnum:]]', '', 'g'), '')
          ) AS seller,
          nullif(regexp_replace(upper(fields ->> 'invoice_number'), '[^[:alnum:]]', '', 'g'), '') AS number,
          substring(fields ->> 'invoice_date' FROM '^(\d{4})-\d{2}-\d{2}$')::integer
            - (substring(fields ->> 'invoice_date' FROM '^\d{4}-(\d{2})-\d{2}$') < '04')::integer AS year
      ) AS printed
      WHERE seller IS NOT NULL AND number IS NOT NULL AND year IS NOT NULL
    )
  END
  FROM (SELECT p_payload -> 'fields' AS fields) AS payload
$$;

CREATE OR REPLACE FUNCTION keep_document_key() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  NEW.document_key := document_key(NEW.doc_type, NEW.ocr_payload);
  NEW.picture := picture(NEW.storage_uri);
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER keep_document_key BEFORE INSERT OR UPDATE OF doc_type, ocr_payload, storage_uri
  ON "Doc" FOR EACH ROW EXECUTE FUNCTION keep_document_key();

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

  -- One run of a user at a time from here: of two that bring the same document, the second sees it.
  PERFORM pg_advisory_xact_lock(hashtextextended(job.user_id::text, 0));

  SELECT coalesce(array_agg(with_duplicate(job, jsonb_populate_record(NULL::"Doc", doc))), '{}') INTO rows
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
    schema_version, model_id, prompt_version, confidence, error, object_version, needs_review,
    created_at)
  SELECT
    job.id, job.user_id, page_number, doc_type, status, ocr_payload, storage_uri,
    schema_version, model_id, prompt_version, confidence, error, job.object_version,
    coalesce(needs_review, false), clock_timestamp()
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

-- The SHA-256 that a page's image is named by; null of a page without one.
CREATE OR REPLACE FUNCTION picture(p_storage_uri text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_temp AS $$
  SELECT substring(p_storage_uri FROM '/pages/([0-9a-f]{64})\.png$')
$$;

-- A row of a run, and the finding that the document was uploaded before, where it was: whoever pays a
-- bill because it is here has to know that it was here already. Of two, the one whose row was first
-- stays as it is, whichever is read again. Pages of one upload may well be of one document.
CREATE OR REPLACE FUNCTION with_duplicate(p_job "JobThread", p_doc "Doc") RETURNS "Doc"
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  key text := document_key(p_doc.doc_type, p_doc.ocr_payload);
  seen text := CASE WHEN p_doc.doc_type <> 'unknown' THEN picture(p_doc.storage_uri) END;
  since timestamptz := (
    SELECT created_at FROM "Doc" WHERE job_thread_id = p_job.id AND page_number = p_doc.page_number);
  earlier record;
BEGIN
  SELECT doc.page_number, doc.document_key, job.id, job.file_name, job.created_at INTO earlier
  FROM "Doc" AS doc JOIN "JobThread" AS job ON job.id = doc.job_thread_id
  WHERE doc.user_id = p_job.user_id AND doc.job_thread_id <> p_job.id AND doc.doc_type <> 'unknown'
    AND (doc.document_key = key OR doc.picture = seen) AND (since IS NULL OR doc.created_at < since)
  ORDER BY doc.created_at, doc.id LIMIT 1;
  IF FOUND THEN
    p_doc.needs_review := true;
    p_doc.ocr_payload := jsonb_set(p_doc.ocr_payload, '{findings}',
      coalesce(p_doc.ocr_payload -> 'findings', '[]') || jsonb_build_object(
        'code', 'document.duplicate',
        'path', CASE WHEN earlier.document_key = key THEN
          CASE p_doc.doc_type WHEN 'bill' THEN '/invoice_number' ELSE '/eway_bill_number' END ELSE '' END,
        'message', format('The same %s was uploaded before: page %s of %s, on %s (job %s).',
          CASE WHEN earlier.document_key = key THEN 'document' ELSE 'picture' END,
          earlier.page_number,
          coalesce('"' || earlier.file_name || '"', 'another file'),
          to_char(earlier.created_at AT TIME ZONE 'UTC', 'FMDD Mon YYYY'),
          left(earlier.id::text, 8)),
        'severity', 'error'));
  END IF;
  RETURN p_doc;
END
$$;

REVOKE ALL ON FUNCTION document_key("DocType",jsonb) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION keep_document_key() FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION picture(text) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION with_duplicate("JobThread","Doc") FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION document_key("DocType",jsonb) TO service_role;
GRANT EXECUTE ON FUNCTION keep_document_key() TO service_role;
GRANT EXECUTE ON FUNCTION picture(text) TO service_role;
GRANT EXECUTE ON FUNCTION with_duplicate("JobThread","Doc") TO service_role;
GRANT SELECT (document_key), SELECT (picture) ON TABLE "Doc" TO authenticated;
