SET LOCAL lock_timeout = '5s';

DROP FUNCTION export_docs("DocType","ReviewStatus",uuid,timestamp with time zone,uuid,integer);

-- CreateTable
CREATE TABLE "JobListing" (
    "job_thread_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "status" "JobStatus" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "file_name" TEXT NOT NULL DEFAULT '',
    "party" TEXT NOT NULL DEFAULT '',
    "number" TEXT NOT NULL DEFAULT '',
    "date" TEXT NOT NULL DEFAULT '',
    "amount" DECIMAL(65,30),
    "doc_types" "DocType"[] DEFAULT ARRAY[]::"DocType"[],
    "pages" INTEGER NOT NULL DEFAULT 0,
    "to_review" INTEGER NOT NULL DEFAULT 0,
    "flagged" INTEGER NOT NULL DEFAULT 0,
    "approvable" INTEGER NOT NULL DEFAULT 0,
    "approved" INTEGER NOT NULL DEFAULT 0,
    "duplicates" INTEGER NOT NULL DEFAULT 0,
    "words" tsvector,

    CONSTRAINT "JobListing_pkey" PRIMARY KEY ("job_thread_id")
);

-- CreateTable
CREATE TABLE "JobDeletion" (
    "job_thread_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "file_name" TEXT,
    "actor" TEXT NOT NULL,
    "pages" INTEGER NOT NULL,
    "approved" INTEGER NOT NULL,
    "docs" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "JobDeletion_pkey" PRIMARY KEY ("job_thread_id")
);

-- CreateIndex
CREATE INDEX "JobListing_created_at_job_thread_id_idx" ON "JobListing"("created_at", "job_thread_id");

-- CreateIndex
CREATE INDEX "JobListing_user_id_created_at_idx" ON "JobListing"("user_id", "created_at");

-- CreateIndex
CREATE INDEX "JobListing_words_idx" ON "JobListing" USING GIN ("words");

-- CreateIndex
CREATE INDEX "JobDeletion_user_id_created_at_idx" ON "JobDeletion"("user_id", "created_at");

-- AddForeignKey
ALTER TABLE "JobListing" ADD CONSTRAINT "JobListing_job_thread_id_fkey" FOREIGN KEY ("job_thread_id") REFERENCES "JobThread"("id") ON DELETE CASCADE ON UPDATE CASCADE NOT VALID;

ALTER TABLE "JobDeletion" ADD CONSTRAINT deletion_counts CHECK (((pages >= 0) AND (approved >= 0))) NOT VALID;
ALTER TABLE "JobDeletion" ADD CONSTRAINT deletion_is_somebodys CHECK ((actor ~ '\S'::text)) NOT VALID;

SET LOCAL check_function_bodies = off;

-- The pages that can be approved without a look at them, of the jobs that a filter leaves
-- (listing_condition): which, and the version that is meant, the oldest first.
CREATE OR REPLACE FUNCTION approvable_docs(p_filter jsonb, p_limit integer) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  answer jsonb;
BEGIN
  EXECUTE format($query$
    SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'version', version)), '[]') FROM (
      SELECT doc.id, doc.version FROM (
        SELECT job_thread_id FROM "JobListing" WHERE approvable > 0 AND %s
        ORDER BY created_at, job_thread_id LIMIT %s) AS job
      JOIN "Doc" AS doc USING (job_thread_id)
      WHERE is_approvable(doc) AND effective_fields(doc) IS NOT NULL
      ORDER BY doc.created_at, doc.id LIMIT %2$s) AS page
    $query$, listing_condition(p_filter), p_limit) INTO answer;
  RETURN answer;
END
$$;

-- What there is in the jobs that a filter leaves (listing_condition).
CREATE OR REPLACE FUNCTION count_listed(p_filter jsonb DEFAULT '{}') RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  answer jsonb;
BEGIN
  EXECUTE 'SELECT jsonb_build_object(''jobs'', count(*), ''pages'', coalesce(sum(pages), 0),'
    ' ''to_review'', coalesce(sum(to_review), 0), ''flagged'', coalesce(sum(flagged), 0),'
    ' ''approvable'', coalesce(sum(approvable), 0), ''approved'', coalesce(sum(approved), 0),'
    ' ''failed'', count(*) FILTER (WHERE status IN (''error'', ''waiting'')))'
    ' FROM "JobListing" WHERE ' || listing_condition(p_filter) INTO answer;
  RETURN answer;
END
$$;

-- Deletes a job and all that was made of it, and notes that. Pages that are approved, or that a draft
-- was made of, keep it from being deleted unless they are meant too. Its files are the caller's: no row
-- names them any more.
CREATE OR REPLACE FUNCTION delete_job(
  p_job_id uuid, p_actor text, p_approved_too boolean DEFAULT false
) RETURNS jsonb
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  job "JobThread";
  kept integer;
  noted "JobDeletion";
BEGIN
  SELECT * INTO job FROM "JobThread" WHERE id = p_job_id FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'There is no such job any more.' USING ERRCODE = 'BS001';
  END IF;
  IF coalesce(p_actor, '') !~ '\S' THEN
    RAISE EXCEPTION 'Say who you are: that a job is deleted is kept with a name.' USING ERRCODE = 'BS005';
  END IF;
  IF job.status = 'processing' AND job.lease_until > clock_timestamp() THEN
    RAISE EXCEPTION 'A run has the job: stop it before it is deleted, or wait for its end.'
      USING ERRCODE = 'BS005';
  END IF;
  PERFORM FROM "Doc" WHERE job_thread_id = p_job_id ORDER BY id FOR UPDATE;
  SELECT count(*) INTO kept FROM "Doc"
  WHERE job_thread_id = p_job_id AND (review = 'approved' OR status = 'draft_created');
  IF kept > 0 AND NOT p_approved_too THEN
    RAISE EXCEPTION 'Approved, and so not deleted: % of its pages. Delete the approved ones too, if that is meant.', kept
      USING ERRCODE = 'BS005';
  END IF;
  INSERT INTO "JobDeletion" (job_thread_id, user_id, file_name, actor, pages, approved, docs)
  SELECT job.id, job.user_id, job.file_name, p_actor, count(*), kept,
    coalesce(jsonb_agg(jsonb_build_object('page_number', page_number, 'doc_type', doc_type,
      'status', status, 'review', review, 'reviewed_by', reviewed_by, 'reviewed_at', reviewed_at,
      'approved_hash', approved_hash) ORDER BY page_number), '[]')
  FROM "Doc" WHERE job_thread_id = p_job_id
  RETURNING * INTO noted;
  DELETE FROM "JobThread" WHERE id = p_job_id;
  RETURN jsonb_build_object('pages', noted.pages, 'approved', noted.approved);
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
      'gstin', printed.gstin, 'amount', printed.amount
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

-- The jobs with a page, or a file's name, in which all words of a text stand (search_query); null where it
-- has no words. Of no more than 5,000 pages: words that stand on more of them find nothing in particular.
CREATE OR REPLACE FUNCTION found_jobs(p_text text) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  query tsquery := search_query(p_text);
BEGIN
  IF query IS NULL THEN
    RETURN NULL;
  END IF;
  RETURN ARRAY(
    SELECT doc.job_thread_id
    FROM (SELECT doc_id FROM "DocSearch" WHERE words @@ query LIMIT 5000) AS found
    JOIN "Doc" AS doc ON doc.id = found.doc_id
    UNION
    (SELECT job_thread_id FROM "JobListing" WHERE words @@ query LIMIT 5000));
END
$$;

-- Whether a page can be approved without a look at it: nothing is known against it.
CREATE OR REPLACE FUNCTION is_approvable(doc "Doc") RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT doc.review = 'to_review' AND NOT doc.needs_review AND doc.doc_type <> 'unknown' AND doc.error IS NULL
$$;

-- Whether a page is of a document that was uploaded before (with_duplicate).
CREATE OR REPLACE FUNCTION is_duplicate(doc "Doc") RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(doc.ocr_payload -> 'findings' @> '[{"code": "document.duplicate"}]', false)
$$;

-- What the list says of a job's pages, once a statement that has changed them. That somebody has opened
-- a page changes nothing.
CREATE OR REPLACE FUNCTION list_docs() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  changed uuid[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    changed := ARRAY(SELECT DISTINCT job_thread_id FROM new_rows);
  ELSIF TG_OP = 'DELETE' THEN
    changed := ARRAY(SELECT DISTINCT job_thread_id FROM old_rows);
  ELSE
    changed := ARRAY(SELECT DISTINCT later.job_thread_id FROM new_rows AS later JOIN old_rows AS earlier USING (id)
      WHERE (later.version, later.review, later.needs_review, later.doc_type, later.error)
        IS DISTINCT FROM (earlier.version, earlier.review, earlier.needs_review, earlier.doc_type, earlier.error));
  END IF;
  IF cardinality(changed) > 0 THEN
    PERFORM sum_up_jobs(changed);
  END IF;
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER list_new_docs AFTER INSERT ON "Doc"
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION list_docs();

CREATE OR REPLACE TRIGGER list_changed_docs AFTER UPDATE ON "Doc"
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT
  EXECUTE FUNCTION list_docs();

CREATE OR REPLACE TRIGGER list_gone_docs AFTER DELETE ON "Doc"
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION list_docs();

-- A job's place in the list (JobListing), as soon as it is there; its pages are list_docs'.
CREATE OR REPLACE FUNCTION list_job() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO "JobListing" (job_thread_id, user_id, status, created_at, file_name, words)
    VALUES (NEW.id, NEW.user_id, NEW.status, NEW.created_at, coalesce(NEW.file_name, ''),
      search_words(coalesce(NEW.file_name, '')))
  ON CONFLICT (job_thread_id) DO UPDATE SET
    status = excluded.status, file_name = excluded.file_name, words = excluded.words;
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER list_job AFTER INSERT OR UPDATE OF status, file_name ON "JobThread"
  FOR EACH ROW EXECUTE FUNCTION list_job();

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
          'cost_usd', job.cost_usd) ORDER BY row), '[]')
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

-- What lists show of a page's fields, whatever kind of document it is.
CREATE OR REPLACE FUNCTION listed_fields(
  p_fields jsonb, OUT number text, OUT date text, OUT party text, OUT gstin text, OUT amount numeric
)
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(p_fields ->> 'invoice_number', p_fields ->> 'eway_bill_number'),
    coalesce(p_fields ->> 'invoice_date', left(p_fields ->> 'generated_at', 10)),
    coalesce(p_fields #>> '{seller,name}', p_fields #>> '{supplier,name}'),
    coalesce(p_fields #>> '{seller,gstin}', p_fields #>> '{supplier,gstin}'),
    CASE WHEN jsonb_typeof(said) = 'number' THEN said::numeric END
  FROM (SELECT coalesce(p_fields -> 'grand_total', p_fields -> 'value_of_goods')) AS amount (said)
$$;

-- The jobs that a filter leaves (listing_condition).
CREATE OR REPLACE FUNCTION listed_jobs(p_filter jsonb) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY EXECUTE 'SELECT job_thread_id FROM "JobListing" WHERE ' || listing_condition(p_filter);
END
$$;

-- Whose jobs there are: no more than p_limit users. Goes from user to user in the index.
CREATE OR REPLACE FUNCTION listed_users(p_limit integer DEFAULT 50) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
  WITH RECURSIVE owner AS (
    (SELECT user_id FROM "JobListing" ORDER BY user_id LIMIT 1)
    UNION ALL
    SELECT next.user_id FROM owner CROSS JOIN LATERAL (
      SELECT user_id FROM "JobListing" WHERE user_id > owner.user_id ORDER BY user_id LIMIT 1) AS next
  )
  SELECT user_id FROM owner LIMIT p_limit
$$;

-- Which rows of JobListing a filter leaves, as a condition in SQL that has its values in it: so the plan
-- is made for them. Of the filter's members all that are there count: text, status, type, user, since,
-- until (times), which (to_review, flagged, approved, duplicate), jobs (ids).
CREATE OR REPLACE FUNCTION listing_condition(p_filter jsonb) RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT concat_ws(' AND ', 'true',
    'status = ' || quote_literal(p_filter ->> 'status') || '::"JobStatus"',
    'doc_types @> ARRAY[' || quote_literal(p_filter ->> 'type') || ']::"DocType"[]',
    'user_id = ' || quote_literal(p_filter ->> 'user') || '::uuid',
    'created_at >= ' || quote_literal(p_filter ->> 'since') || '::timestamptz',
    'created_at < ' || quote_literal(p_filter ->> 'until') || '::timestamptz',
    CASE p_filter ->> 'which' WHEN 'to_review' THEN 'to_review > 0' WHEN 'flagged' THEN 'flagged > 0'
      WHEN 'approved' THEN 'approved > 0' WHEN 'duplicate' THEN 'duplicates > 0' END,
    'job_thread_id = ANY (' || quote_literal((
      SELECT array_agg(id) FROM jsonb_array_elements_text(p_filter -> 'jobs') AS id)::text) || '::uuid[])',
    'job_thread_id = ANY (' || quote_literal(found_jobs(p_filter ->> 'text')::text) || '::uuid[])')
$$;

-- What is looked for, by a text: all of its words, or words that begin so. Null where it has none.
CREATE OR REPLACE FUNCTION search_query(p_text text) RETURNS tsquery
LANGUAGE sql IMMUTABLE SET search_path = pg_temp AS $$
  SELECT string_agg(format('%L:*', word), ' & ')::tsquery
  FROM (
    SELECT regexp_replace(lower(printed), '[^[:alnum:]]', '', 'g') AS word
    FROM regexp_split_to_table(left(p_text, 500), '\s+') AS printed
  ) AS words
  WHERE word <> ''
$$;

-- Writes down what the list says of the pages of jobs. Of two that change pages of one job at once, the
-- second one looks when the first is done.
CREATE OR REPLACE FUNCTION sum_up_jobs(p_job_ids uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM FROM "JobListing" WHERE job_thread_id = ANY (p_job_ids) ORDER BY job_thread_id FOR UPDATE;
  UPDATE "JobListing" AS listing SET
    party = coalesce(first.party, ''), number = coalesce(first.number, ''),
    date = coalesce(first.date, ''), amount = first.amount, doc_types = docs.doc_types,
    pages = docs.pages, to_review = docs.to_review, flagged = docs.flagged,
    approvable = docs.approvable, approved = docs.approved, duplicates = docs.duplicates
  FROM unnest(p_job_ids) AS job (id)
  CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(DISTINCT doc_type), '{}') AS doc_types, count(*) AS pages,
      count(*) FILTER (WHERE review = 'to_review') AS to_review,
      count(*) FILTER (WHERE needs_review) AS flagged,
      count(*) FILTER (WHERE is_approvable("Doc")) AS approvable,
      count(*) FILTER (WHERE review = 'approved') AS approved,
      count(*) FILTER (WHERE is_duplicate("Doc")) AS duplicates
    FROM "Doc" WHERE job_thread_id = job.id) AS docs
  LEFT JOIN LATERAL (
    SELECT printed.* FROM "Doc", LATERAL listed_fields(effective_fields("Doc")) AS printed
    WHERE job_thread_id = job.id AND doc_type <> 'unknown' AND error IS NULL
    ORDER BY page_number LIMIT 1) AS first ON true
  WHERE listing.job_thread_id = job.id;
END
$$;

REVOKE ALL ON FUNCTION approvable_docs(jsonb,integer) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION count_listed(jsonb) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION delete_job(uuid,text,boolean) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION export_docs("DocType","ReviewStatus",uuid,timestamp with time zone,uuid,integer,jsonb) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION found_jobs(text) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION is_approvable("Doc") FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION is_duplicate("Doc") FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION list_docs() FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION list_job() FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION list_jobs(jsonb,text,boolean,jsonb,integer) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION listed_fields(jsonb) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION listed_jobs(jsonb) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION listed_users(integer) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION listing_condition(jsonb) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION search_query(text) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION sum_up_jobs(uuid[]) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON TABLE "JobDeletion" FROM PUBLIC, anon, authenticated;
REVOKE ALL ON TABLE "JobListing" FROM PUBLIC, anon, authenticated;
CREATE POLICY own_deletions ON "JobDeletion" AS PERMISSIVE FOR SELECT TO authenticated
  USING ((user_id = ( SELECT auth.uid() AS uid)));
ALTER TABLE "JobDeletion" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "JobListing" ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON TABLE "JobDeletion" TO authenticated;
GRANT EXECUTE ON FUNCTION approvable_docs(jsonb,integer) TO service_role;
GRANT EXECUTE ON FUNCTION count_listed(jsonb) TO service_role;
GRANT EXECUTE ON FUNCTION delete_job(uuid,text,boolean) TO service_role;
GRANT EXECUTE ON FUNCTION export_docs("DocType","ReviewStatus",uuid,timestamp with time zone,uuid,integer,jsonb) TO service_role;
GRANT EXECUTE ON FUNCTION found_jobs(text) TO service_role;
GRANT EXECUTE ON FUNCTION is_approvable("Doc") TO service_role;
GRANT EXECUTE ON FUNCTION is_duplicate("Doc") TO service_role;
GRANT EXECUTE ON FUNCTION list_docs() TO service_role;
GRANT EXECUTE ON FUNCTION list_job() TO service_role;
GRANT EXECUTE ON FUNCTION list_jobs(jsonb,text,boolean,jsonb,integer) TO service_role;
GRANT EXECUTE ON FUNCTION listed_fields(jsonb) TO service_role;
GRANT EXECUTE ON FUNCTION listed_jobs(jsonb) TO service_role;
GRANT EXECUTE ON FUNCTION listed_users(integer) TO service_role;
GRANT EXECUTE ON FUNCTION listing_condition(jsonb) TO service_role;
GRANT EXECUTE ON FUNCTION search_query(text) TO service_role;
GRANT EXECUTE ON FUNCTION sum_up_jobs(uuid[]) TO service_role;
GRANT DELETE, INSERT, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "JobDeletion" TO service_role;
GRANT DELETE, INSERT, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "JobListing" TO service_role;
