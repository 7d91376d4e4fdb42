SET LOCAL lock_timeout = '5s';

-- AlterTable
ALTER TABLE "Doc" ADD COLUMN     "bundle_keys" TEXT[] DEFAULT ARRAY[]::TEXT[];


SET LOCAL check_function_bodies = off;

-- In what a bill and its e-way bill differ, as findings of one of them.
CREATE OR REPLACE FUNCTION bundle_findings(
  p_type "DocType", p_fields jsonb, p_other jsonb, p_where text
) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('code', 'bundle.' || name, 'severity', 'error',
    'path', '/' || array_to_string(CASE p_type WHEN 'bill' THEN of_bill ELSE of_eway_bill END, '/'),
    'message', format('%s says %s here.', p_where,
      p_other #>> CASE p_type WHEN 'bill' THEN of_eway_bill ELSE of_bill END)) ORDER BY place), '[]')
  FROM (
    SELECT *, bill #>> of_bill AS printed, eway_bill #>> of_eway_bill AS entered
    FROM (
      SELECT CASE p_type WHEN 'bill' THEN p_fields ELSE p_other END AS bill,
        CASE p_type WHEN 'bill' THEN p_other ELSE p_fields END AS eway_bill) AS documents,
      (VALUES
        (1, 'number', ARRAY['invoice_number'], ARRAY['document_number']),
        (2, 'date', ARRAY['invoice_date'], ARRAY['document_date']),
        (3, 'seller', ARRAY['seller', 'gstin'], ARRAY['supplier', 'gstin']),
        (4, 'buyer', ARRAY['buyer', 'gstin'], ARRAY['recipient', 'gstin']),
        (5, 'value', ARRAY['grand_total'], ARRAY['value_of_goods'])
      ) AS pair (place, name, of_bill, of_eway_bill)
  ) AS both_say
  WHERE CASE name
    WHEN 'value' THEN NOT is_amount(bill, eway_bill -> 'value_of_goods')
    ELSE regexp_replace(upper(printed), '[^[:alnum:]]', '', 'g')
      <> regexp_replace(upper(entered), '[^[:alnum:]]', '', 'g') END
    -- URP, unregistered person, is what an e-way bill has in place of a GSTIN.
    AND NOT (name IN ('seller', 'buyer') AND upper(entered) = 'URP')
$$;

-- By what a bill and its e-way bill are found for one another: the bill's number, and the e-way bill's,
-- which many bills have on them.
CREATE OR REPLACE FUNCTION bundle_keys(p_type "DocType", p_fields jsonb) RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT array_remove(ARRAY[
    'bill ' || nullif(regexp_replace(upper(p_fields ->> CASE p_type::text
      WHEN 'bill' THEN 'invoice_number' WHEN 'eway_bill' THEN 'document_number' END),
      '[^[:alnum:]]', '', 'g'), ''),
    'eway_bill ' || nullif(regexp_replace(CASE WHEN p_type::text <> 'unknown' THEN
      p_fields ->> 'eway_bill_number' END, '\D', '', 'g'), '')], NULL)
$$;

-- The bill of an e-way bill, or the e-way bills of a bill, among what its user has uploaded: the first
-- three.
CREATE OR REPLACE FUNCTION bundle_of(doc "Doc") RETURNS SETOF "Doc"
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT other.* FROM "Doc" AS other
  WHERE other.bundle_keys && doc.bundle_keys AND other.user_id = doc.user_id
    AND other.doc_type <> doc.doc_type AND other.doc_type <> 'unknown' AND doc.doc_type <> 'unknown'
    AND other.review <> 'rejected' AND CASE doc.doc_type
      WHEN 'bill' THEN is_bundle(effective_fields(doc), effective_fields(other))
      ELSE is_bundle(effective_fields(other), effective_fields(doc)) END
  ORDER BY other.job_thread_id <> doc.job_thread_id, other.created_at, other.page_number LIMIT 3
$$;

-- Where the other document of a bundle is, for a sentence.
CREATE OR REPLACE FUNCTION bundle_place(
  p_type "DocType", p_page integer, p_file text, p_job_id uuid, p_own_job_id uuid
) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT format('The %s on page %s', CASE p_type WHEN 'bill' THEN 'bill' ELSE 'e-way bill' END, p_page)
    || CASE WHEN p_job_id = p_own_job_id THEN '' ELSE
      format(' of %s (job %s)', coalesce('"' || p_file || '"', 'another file'), left(p_job_id::text, 8)) END
$$;

-- The other documents of a page's bundle (bundle_of), for lists.
CREATE OR REPLACE FUNCTION bundled(p_doc_id uuid) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('id', other.id, 'job_id', other.job_thread_id,
    'page_number', other.page_number, 'doc_type', other.doc_type)), '[]')
  FROM "Doc" AS doc, LATERAL bundle_of(doc) AS other WHERE doc.id = p_doc_id
$$;

-- What a row says, for telling whether another says the same: all of it but whose it is, of which
-- upload, since when, what follows from the rest, and what reviewers and later phases make of it.
CREATE OR REPLACE FUNCTION doc_content(doc "Doc") RETURNS jsonb
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT to_jsonb(doc) - ARRAY[
    'id', 'job_thread_id', 'user_id', 'page_number', 'status', 'needs_review',
    'object_version', 'created_at', 'updated_at', 'document_key', 'picture', 'bundle_keys',
    'corrected_fields', 'conflicts', 'review', 'reviewed_by', 'reviewed_at', 'review_note',
    'approved_hash', 'version', 'claimed_by', 'claimed_until']
$$;

-- A row with what a reviewer needs: the fields that count, the keys of the lines of its tables, as they
-- count and as they were read, the corrections that stand, what was decided, which other documents of
-- the user are this one, and which belong to it.
CREATE OR REPLACE FUNCTION doc_for_review(p_doc_id uuid) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  doc "Doc";
  corrected record;
BEGIN
  SELECT * INTO doc FROM "Doc" WHERE id = p_doc_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'There is no such page any more.' USING ERRCODE = 'BS007';
  END IF;
  corrected := corrected_doc(doc);
  RETURN jsonb_build_object(
    'doc', to_jsonb(doc),
    'fields', corrected.fields,
    'lines', corrected.lines,
    'read_lines', (
      SELECT coalesce(jsonb_object_agg(key, (
        SELECT coalesce(jsonb_agg(line_key ORDER BY line_number), '[]') FROM keyed_lines(value))), '{}')
      FROM jsonb_each(CASE WHEN corrected.fields IS NULL THEN '{}' ELSE doc.ocr_payload -> 'fields' END)
      WHERE is_table(value)),
    'same', (
      SELECT coalesce(jsonb_agg(jsonb_build_object('job_thread_id', other.job_thread_id, 'page_number',
        other.page_number, 'file_name', job.file_name, 'created_at', other.created_at)), '[]')
      FROM (
        SELECT * FROM "Doc" WHERE user_id = doc.user_id AND document_key = doc.document_key
          AND job_thread_id <> doc.job_thread_id AND review <> 'rejected'
        ORDER BY created_at LIMIT 3) AS other
      JOIN "JobThread" AS job ON job.id = other.job_thread_id),
    'bundle', (
      SELECT coalesce(jsonb_agg(jsonb_build_object('id', other.id, 'job_thread_id', other.job_thread_id,
        'page_number', other.page_number, 'doc_type', other.doc_type, 'file_name', job.file_name,
        'differences', bundle_findings(doc.doc_type, corrected.fields, effective_fields(other),
          bundle_place(other.doc_type, other.page_number, job.file_name, job.id, doc.job_thread_id)))), '[]')
      FROM bundle_of(doc) AS other JOIN "JobThread" AS job ON job.id = other.job_thread_id),
    'corrections', (
      SELECT coalesce(jsonb_agg(jsonb_build_object('path', path, 'base', base, 'old', old, 'new', new,
        'actor', actor, 'created_at', created_at)), '[]')
      FROM standing_corrections(doc)),
    'decisions', (
      SELECT coalesce(jsonb_agg(jsonb_build_object('review', review, 'reason', reason, 'actor', actor,
        'created_at', created_at) ORDER BY created_at, id), '[]')
      FROM "DocDecision" WHERE doc_id = doc.id));
END
$$;

-- Pages of a type for other programs, of all jobs or of those that a filter leaves (listing_condition),
-- with the fields that count: in the order in which it was decided
-- about them, where that is asked for, otherwise in which they were first read. What is after a page that
-- was given before is what has come since: decisions that are under way are waited for, and times are of
-- whole milliseconds, so that none that comes later has an earlier one.
CREATE OR REPLACE FUNCTION export_docs(
  p_doc_type "DocType",
  p_review "ReviewStatus" DEFAULT NULL,
  p_user_id uuid DEFAULT NULL,
  p_after timestamptz DEFAULT NULL,
  p_after_id uuid DEFAULT NULL,
  p_limit integer DEFAULT 500,
  p_filter jsonb DEFAULT NULL
) RETURNS jsonb
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  is_decided boolean := coalesce(p_review IN ('approved', 'rejected'), false);
  until timestamptz;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('decide_doc', 0));
  until := clock_timestamp() - interval '1 millisecond';
  RETURN (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
      'id', doc.id, 'job_id', doc.job_thread_id, 'file_name', job.file_name,
      'page_number', doc.page_number, 'doc_type', doc.doc_type, 'review', doc.review,
      'reviewed_by', doc.reviewed_by, 'at', doc.at, 'needs_review', doc.needs_review,
      'bundle', (SELECT coalesce(jsonb_agg(other -> 'id'), '[]') FROM jsonb_array_elements(bundled(doc.id)) AS other),
      'fields', doc.fields) ORDER BY doc.at, doc.id), '[]')
    FROM (
      (SELECT id, job_thread_id, page_number, doc_type, review, reviewed_by, reviewed_at AS at,
        needs_review, effective_fields("Doc") AS fields
      FROM "Doc"
      WHERE is_decided AND review = p_review AND doc_type = p_doc_type AND error IS NULL
        AND (p_user_id IS NULL OR user_id = p_user_id)
        AND (p_filter IS NULL OR job_thread_id IN (SELECT listed_jobs(p_filter)))
        AND reviewed_at < until
        AND (p_after IS NULL OR (reviewed_at, id) > (p_after, p_after_id))
      ORDER BY reviewed_at, id LIMIT p_limit)
      UNION ALL
      (SELECT id, job_thread_id, page_number, doc_type, review, reviewed_by, created_at AS at,
        needs_review, effective_fields("Doc") AS fields
      FROM "Doc"
      WHERE NOT is_decided AND (p_review IS NULL OR review = p_review) AND doc_type = p_doc_type
        AND error IS NULL AND (p_user_id IS NULL OR user_id = p_user_id)
        AND (p_filter IS NULL OR job_thread_id IN (SELECT listed_jobs(p_filter)))
        AND created_at < until
        AND (p_after IS NULL OR (created_at, id) > (p_after, p_after_id))
      ORDER BY created_at, id LIMIT p_limit)
    ) AS doc JOIN "JobThread" AS job ON job.id = doc.job_thread_id);
END
$$;

-- Pages in which all words of a text stand, or words that begin so, the newest first: what a list of them
-- shows. Signs don't count. Without a text all pages that fit the rest. Continued after a page that was
-- given before.
CREATE OR REPLACE FUNCTION find_docs(
  p_text text DEFAULT '',
  p_doc_type "DocType" DEFAULT NULL,
  p_review "ReviewStatus" DEFAULT NULL,
  p_needs_review boolean DEFAULT NULL,
  p_user_id uuid DEFAULT NULL,
  p_before timestamptz DEFAULT NULL,
  p_before_id uuid DEFAULT NULL,
  p_limit integer DEFAULT 50
) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  query tsquery := search_query(p_text);
BEGIN
  RETURN (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
      'id', doc.id, 'job_id', doc.job_thread_id, 'file_name', doc.file_name,
      'page_number', doc.page_number, 'doc_type', doc.doc_type, 'review', doc.review,
      'needs_review', doc.needs_review, 'created_at', doc.created_at,
      'is_duplicate', doc.ocr_payload -> 'findings' @> '[{"code": "document.duplicate"}]',
      'number', printed.number, 'date', printed.date, 'party', printed.party,
      'gstin', printed.gstin, 'amount', printed.amount,
      'bundle', bundled(doc.id)
    ) ORDER BY doc.created_at DESC, doc.id DESC), '[]')
    FROM (
      SELECT "Doc".*, job.file_name, effective_fields("Doc") AS fields
      FROM "Doc" JOIN "JobThread" AS job ON job.id = "Doc".job_thread_id
      WHERE (query IS NULL OR "Doc".id IN (
          SELECT doc_id FROM "DocSearch"
          WHERE words @@ query AND (p_user_id IS NULL OR "DocSearch".user_id = p_user_id)))
        AND (p_doc_type IS NULL OR "Doc".doc_type = p_doc_type)
        AND (p_review IS NULL OR "Doc".review = p_review)
        AND (p_needs_review IS NULL OR "Doc".needs_review = p_needs_review)
        AND (p_user_id IS NULL OR "Doc".user_id = p_user_id)
        AND (p_before IS NULL OR ("Doc".created_at, "Doc".id) < (p_before, p_before_id))
      ORDER BY "Doc".created_at DESC, "Doc".id DESC LIMIT p_limit
    ) AS doc, LATERAL listed_fields(doc.fields) AS printed);
END
$$;

-- Whether an e-way bill's value is a bill's, to the rupee: its total, or what is taxed, which some enter
-- instead. Null where either is not there.
CREATE OR REPLACE FUNCTION is_amount(p_bill jsonb, p_value jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT bool_or(abs(said::numeric - p_value::numeric) <= 1)
  FROM (VALUES (p_bill -> 'grand_total'), (p_bill -> 'taxable_total')) AS amount (said)
  WHERE jsonb_typeof(said) = 'number' AND jsonb_typeof(p_value) = 'number'
$$;

-- Whether a bill and an e-way bill are of one consignment: each names the other, or they name the same
-- bill of the same seller, or the same bill of the same day with the same value. Numbers alone are those
-- of other sellers as well.
CREATE OR REPLACE FUNCTION is_bundle(p_bill jsonb, p_eway_bill jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(
    (bill && ARRAY(SELECT key FROM unnest(eway_bill) AS key WHERE key LIKE 'eway_bill %'))
    OR (bill && eway_bill AND (
      upper(p_bill #>> '{seller,gstin}') = upper(p_eway_bill #>> '{supplier,gstin}')
      OR (p_bill ->> 'invoice_date' = p_eway_bill ->> 'document_date'
        AND is_amount(p_bill, p_eway_bill -> 'value_of_goods')))), false)
  FROM (SELECT bundle_keys('bill', p_bill) AS bill, bundle_keys('eway_bill', p_eway_bill) AS eway_bill) AS keys
$$;

-- Of a new row: what becomes of it later is settle_doc's, which knows its corrections.
CREATE OR REPLACE FUNCTION keep_document_key() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  NEW.document_key := document_key(NEW.doc_type, NEW.ocr_payload);
  NEW.picture := picture(NEW.storage_uri);
  NEW.bundle_keys := bundle_keys(NEW.doc_type, NEW.ocr_payload -> 'fields');
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER keep_document_key BEFORE INSERT ON "Doc"
  FOR EACH ROW EXECUTE FUNCTION keep_document_key();

-- The jobs that a filter leaves (listing_condition), in an order, with what a list shows of each; where
-- there are more than p_limit, the place after which the others come.
CREATE OR REPLACE FUNCTION list_jobs(
  p_filter jsonb DEFAULT '{}',
  p_sort text DEFAULT 'created_at',
  p_descending boolean DEFAULT true,
  p_after jsonb DEFAULT NULL,
  p_limit integer DEFAULT 50
) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  sorted text := CASE p_sort
    WHEN 'created_at' THEN 'created_at' WHEN 'file_name' THEN 'lower(file_name)'
    WHEN 'status' THEN 'status::text' WHEN 'party' THEN 'lower(party)' WHEN 'number' THEN 'lower(number)'
    WHEN 'date' THEN 'date' WHEN 'amount' THEN 'coalesce(amount, 0)' WHEN 'to_review' THEN 'to_review' END;
  type text := CASE p_sort WHEN 'created_at' THEN 'timestamptz' WHEN 'amount' THEN 'numeric'
    WHEN 'to_review' THEN 'integer' ELSE 'text' END;
  direction text := CASE WHEN p_descending THEN 'DESC' ELSE 'ASC' END;
  answer jsonb;
BEGIN
  IF sorted IS NULL THEN
    RAISE EXCEPTION 'Jobs can''t be sorted by "%".', p_sort USING ERRCODE = 'BS005';
  END IF;
  EXECUTE format($query$
    WITH fitting AS MATERIALIZED (
      SELECT *, %1$s AS place FROM "JobListing" WHERE %2$s %3$s
      ORDER BY %1$s %4$s, job_thread_id %4$s LIMIT %5$s + 1
    ), shown AS MATERIALIZED (
      SELECT *, row_number() OVER (ORDER BY place %4$s, job_thread_id %4$s) AS row FROM fitting
    )
    SELECT jsonb_build_object(
      'jobs', (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
          'id', shown.job_thread_id, 'user_id', shown.user_id, 'status', shown.status,
          'created_at', shown.created_at, 'file_name', job.file_name, 'party', shown.party,
          'number', shown.number, 'date', shown.date, 'amount', shown.amount,
          'doc_types', shown.doc_types, 'pages', shown.pages, 'to_review', shown.to_review,
          'flagged', shown.flagged, 'approvable', shown.approvable, 'approved', shown.approved,
          'duplicates', shown.duplicates, 'page_count', job.page_count,
          'classified', cardinality(job.classified_pages), 'read', cardinality(job.read_pages),
          'error', job.error, 'error_message', job.error_message, 'waiting_reason', job.waiting_reason, 'questions_sent_at', job.questions_sent_at,
          'cost_usd', job.cost_usd, 'bundle', (
            SELECT bundled(id) FROM "Doc"
            WHERE "Doc".job_thread_id = job.id AND doc_type <> 'unknown' AND error IS NULL
            ORDER BY page_number LIMIT 1)) ORDER BY row), '[]')
        FROM shown JOIN "JobThread" AS job ON job.id = shown.job_thread_id WHERE row <= %5$s),
      'next', (
        SELECT jsonb_build_object('value', place::text, 'id', job_thread_id) FROM shown
        WHERE row = %5$s AND EXISTS (SELECT FROM shown WHERE row > %5$s)))
    $query$, sorted, listing_condition(p_filter),
    CASE WHEN p_after IS NOT NULL THEN format('AND (%s, job_thread_id) %s (%L::%s, %L::uuid)', sorted,
      CASE WHEN p_descending THEN '<' ELSE '>' END, p_after ->> 'value', type, p_after ->> 'id') END,
    direction, p_limit) INTO answer;
  RETURN answer;
END
$$;

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

  SELECT coalesce(array_agg(with_duplicate(job, jsonb_populate_record(NULL::"Doc", doc))), '{}') INTO rows
  FROM (
    SELECT doc FROM "StagedDoc" WHERE job_thread_id = p_job_id AND run_token = p_token
    UNION ALL
    SELECT doc FROM jsonb_array_elements(p_docs) AS doc
  ) AS given;

  rows := with_bundles(job, rows);

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

-- Whoever changes what a row says: its corrections count over what was read, also for telling documents
-- apart, an approval holds as long as what was approved still stands, and a person's word ends the doubt.
CREATE OR REPLACE FUNCTION settle_doc() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  corrected record;
  reason text;
BEGIN
  corrected := corrected_doc(NEW);
  NEW.corrected_fields := CASE WHEN corrected.is_corrected THEN corrected.fields END;
  NEW.conflicts := corrected.conflicts;
  NEW.document_key := document_key(NEW.doc_type, jsonb_build_object('fields', effective_fields(NEW)));
  NEW.picture := picture(NEW.storage_uri);
  NEW.bundle_keys := bundle_keys(NEW.doc_type, effective_fields(NEW));

  IF OLD.review <> 'to_review' AND NEW.review = OLD.review THEN
    reason := CASE
      WHEN NOT NEW.conflicts <@ OLD.conflicts THEN 'A later reading disagrees with a correction.'
      WHEN NEW.review = 'approved' AND (NEW.doc_type = 'unknown' OR NEW.error IS NOT NULL
        OR NEW.approved_hash IS DISTINCT FROM approval_hash(NEW))
        THEN 'The page says something else than what was approved.'
      WHEN NEW.review = 'rejected' AND doc_content(NEW) <> doc_content(OLD)
        THEN 'The page was read again since it was rejected.' END;
    IF reason IS NOT NULL THEN
      NEW.review := 'to_review';
      NEW.needs_review := true;
      NEW.review_note := reason;
      NEW.reviewed_by := NULL;
      NEW.reviewed_at := NULL;
      NEW.approved_hash := NULL;
      INSERT INTO "DocDecision" (doc_id, user_id, review, reason, fields, actor)
        VALUES (NEW.id, NEW.user_id, 'to_review', reason, effective_fields(NEW), 'system');
    END IF;
  END IF;
  NEW.needs_review := NEW.review = 'to_review'
    AND (NEW.needs_review OR cardinality(NEW.conflicts) > 0);

  IF NEW.version = OLD.version AND (doc_content(NEW), NEW.corrected_fields, NEW.conflicts, NEW.review,
      NEW.needs_review) IS DISTINCT FROM
    (doc_content(OLD), OLD.corrected_fields, OLD.conflicts, OLD.review, OLD.needs_review) THEN
    NEW.version := OLD.version + 1;
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER settle_doc BEFORE UPDATE OF doc_type, ocr_payload, storage_uri, error,
  needs_review, review, version ON "Doc"
  FOR EACH ROW EXECUTE FUNCTION settle_doc();

-- Rows of a run, and the findings of those of which a bill and its e-way bill say different things: with
-- another page of the run, of the job, or of an upload that was there before.
CREATE OR REPLACE FUNCTION with_bundles(p_job "JobThread", p_docs "Doc"[]) RETURNS "Doc"[]
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  docs "Doc"[] := '{}';
  doc "Doc";
  pair record;
  differences jsonb;
BEGIN
  FOR pair IN
    WITH given AS MATERIALIZED (
      SELECT page AS doc, page.page_number, page.doc_type, page.ocr_payload -> 'fields' AS fields,
        bundle_keys(page.doc_type, page.ocr_payload -> 'fields') AS keys
      FROM unnest(p_docs) AS page
    ), keyed AS MATERIALIZED (
      SELECT page_number, doc_type, fields, key FROM given, unnest(keys) AS key
    ), beside AS MATERIALIZED (
      SELECT DISTINCT ON (one.page_number) one.page_number, jsonb_build_object('doc_type', other.doc_type,
        'page_number', other.page_number, 'job_id', p_job.id, 'fields', other.fields) AS said
      FROM keyed AS one JOIN keyed AS other ON other.key = one.key AND other.doc_type <> one.doc_type
      WHERE CASE one.doc_type WHEN 'bill' THEN is_bundle(one.fields, other.fields)
        ELSE is_bundle(other.fields, one.fields) END
      ORDER BY one.page_number, other.page_number
    )
    SELECT given.doc, coalesce(beside.said, (
      SELECT jsonb_build_object('doc_type', other.doc_type, 'page_number', other.page_number,
        'job_id', other.job_thread_id, 'file_name', job.file_name, 'fields', effective_fields(other))
      FROM "Doc" AS other JOIN "JobThread" AS job ON job.id = other.job_thread_id
      WHERE cardinality(given.keys) > 0 AND other.bundle_keys && given.keys
        AND other.user_id = p_job.user_id AND other.doc_type <> given.doc_type
        AND other.doc_type <> 'unknown' AND other.review <> 'rejected'
        AND CASE WHEN other.job_thread_id = p_job.id
          THEN NOT EXISTS (SELECT FROM given AS again WHERE again.page_number = other.page_number)
          ELSE other.created_at < coalesce((SELECT created_at FROM "Doc"
            WHERE job_thread_id = p_job.id AND page_number = given.page_number), 'infinity') END
        AND CASE given.doc_type WHEN 'bill' THEN is_bundle(given.fields, effective_fields(other))
          ELSE is_bundle(effective_fields(other), given.fields) END
      ORDER BY other.created_at, other.page_number LIMIT 1)) AS found
    FROM given LEFT JOIN beside USING (page_number)
  LOOP
    doc := pair.doc;
    differences := bundle_findings(doc.doc_type, doc.ocr_payload -> 'fields', pair.found -> 'fields',
      bundle_place((pair.found ->> 'doc_type')::"DocType", (pair.found ->> 'page_number')::integer,
        pair.found ->> 'file_name', (pair.found ->> 'job_id')::uuid, p_job.id));
    IF pair.found IS NOT NULL AND differences <> '[]' THEN
      doc.needs_review := true;
      doc.ocr_payload := jsonb_set(doc.ocr_payload, '{findings}',
        coalesce(doc.ocr_payload -> 'findings', '[]') || differences);
    END IF;
    docs := docs || doc;
  END LOOP;
  RETURN docs;
END
$$;

REVOKE ALL ON FUNCTION bundle_findings("DocType",jsonb,jsonb,text) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION bundle_keys("DocType",jsonb) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION bundle_of("Doc") FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION bundle_place("DocType",integer,text,uuid,uuid) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION bundled(uuid) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION is_amount(jsonb,jsonb) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION is_bundle(jsonb,jsonb) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION with_bundles("JobThread","Doc"[]) FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION bundle_findings("DocType",jsonb,jsonb,text) TO service_role;
GRANT EXECUTE ON FUNCTION bundle_keys("DocType",jsonb) TO service_role;
GRANT EXECUTE ON FUNCTION bundle_of("Doc") TO service_role;
GRANT EXECUTE ON FUNCTION bundle_place("DocType",integer,text,uuid,uuid) TO service_role;
GRANT EXECUTE ON FUNCTION bundled(uuid) TO service_role;
GRANT EXECUTE ON FUNCTION is_amount(jsonb,jsonb) TO service_role;
GRANT EXECUTE ON FUNCTION is_bundle(jsonb,jsonb) TO service_role;
GRANT EXECUTE ON FUNCTION with_bundles("JobThread","Doc"[]) TO service_role;
