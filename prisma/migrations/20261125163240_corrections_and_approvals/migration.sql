SET LOCAL lock_timeout = '5s';

-- CreateEnum
CREATE TYPE "ReviewStatus" AS ENUM ('to_review', 'approved', 'rejected');

-- AlterTable
ALTER TABLE "Doc" ADD COLUMN     "approved_hash" TEXT,
ADD COLUMN     "claimed_by" TEXT,
ADD COLUMN     "claimed_until" TIMESTAMPTZ(3),
ADD COLUMN     "conflicts" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "corrected_fields" JSONB,
ADD COLUMN     "review" "ReviewStatus" NOT NULL DEFAULT 'to_review',
ADD COLUMN     "review_note" TEXT,
ADD COLUMN     "reviewed_at" TIMESTAMPTZ(3),
ADD COLUMN     "reviewed_by" TEXT,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "JobThread" ADD COLUMN     "replayed_from" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "DocCorrection" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "doc_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "page_content" TEXT NOT NULL,
    "doc_type" "DocType" NOT NULL,
    "path" TEXT NOT NULL,
    "base" JSONB NOT NULL,
    "old" JSONB NOT NULL,
    "new" JSONB NOT NULL,
    "withdrawn" BOOLEAN NOT NULL DEFAULT false,
    "actor" TEXT NOT NULL,
    "change_id" UUID NOT NULL,
    "doc_version" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DocCorrection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DocDecision" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "doc_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "review" "ReviewStatus" NOT NULL,
    "reason" TEXT,
    "fields" JSONB,
    "actor" TEXT NOT NULL,
    "change_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DocDecision_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "DocCorrection_user_id_idx" ON "DocCorrection"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "DocCorrection_doc_id_doc_version_position_key" ON "DocCorrection"("doc_id", "doc_version", "position");

-- CreateIndex
CREATE INDEX "DocDecision_doc_id_created_at_idx" ON "DocDecision"("doc_id", "created_at");

-- CreateIndex
CREATE INDEX "DocDecision_user_id_idx" ON "DocDecision"("user_id");

-- AddForeignKey
ALTER TABLE "DocCorrection" ADD CONSTRAINT "DocCorrection_doc_id_fkey" FOREIGN KEY ("doc_id") REFERENCES "Doc"("id") ON DELETE CASCADE ON UPDATE CASCADE NOT VALID;

-- AddForeignKey
ALTER TABLE "DocDecision" ADD CONSTRAINT "DocDecision_doc_id_fkey" FOREIGN KEY ("doc_id") REFERENCES "Doc"("id") ON DELETE CASCADE ON UPDATE CASCADE NOT VALID;

ALTER TABLE "DocCorrection" ADD CONSTRAINT correction_is_of_a_field CHECK ((path ~ '^(/[A-Za-z0-9_.-]{1,100}){0,8}$'::text)) NOT VALID;
ALTER TABLE "DocCorrection" ADD CONSTRAINT correction_is_somebodys CHECK ((actor ~ '\S'::text)) NOT VALID;
ALTER TABLE "DocDecision" ADD CONSTRAINT decision_is_somebodys CHECK ((actor ~ '\S'::text)) NOT VALID;
ALTER TABLE "Doc" ADD CONSTRAINT doc_approval_is_of_what_was_read CHECK (((review <> 'approved'::"ReviewStatus") OR ((doc_type <> 'unknown'::"DocType") AND (error IS NULL) AND (approved_hash IS NOT NULL)))) NOT VALID;
ALTER TABLE "Doc" ADD CONSTRAINT doc_claim_ends CHECK (((claimed_by IS NULL) = (claimed_until IS NULL))) NOT VALID;
ALTER TABLE "Doc" ADD CONSTRAINT doc_corrected_fields_are_object CHECK ((jsonb_typeof(corrected_fields) = 'object'::text)) NOT VALID;
ALTER TABLE "Doc" ADD CONSTRAINT doc_decision_is_somebodys CHECK (((review = 'to_review'::"ReviewStatus") OR ((reviewed_by IS NOT NULL) AND (reviewed_at IS NOT NULL)))) NOT VALID;
ALTER TABLE "Doc" ADD CONSTRAINT doc_version_counts CHECK ((version >= 1)) NOT VALID;

SET LOCAL check_function_bodies = off;

-- What an approval is of: the type, the page and the fields that count.
CREATE OR REPLACE FUNCTION approval_hash(doc "Doc") RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT encode(sha256(convert_to(jsonb_build_array(
    doc.doc_type, page_content(doc.storage_uri), canonical_fields(effective_fields(doc)))::text,
    'UTF8')), 'hex')
$$;

-- Fields in the one form in which equal ones are the same text: 100.00 is 100.
CREATE OR REPLACE FUNCTION canonical_fields(p_fields jsonb) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = public, pg_temp AS $$
BEGIN
  RETURN CASE jsonb_typeof(p_fields)
    WHEN 'object' THEN (
      SELECT coalesce(jsonb_object_agg(key, canonical_fields(value)), '{}') FROM jsonb_each(p_fields))
    WHEN 'array' THEN (
      SELECT coalesce(jsonb_agg(canonical_fields(value) ORDER BY number), '[]')
      FROM jsonb_array_elements(p_fields) WITH ORDINALITY AS each (value, number))
    WHEN 'number' THEN to_jsonb(trim_scale((p_fields #>> '{}')::numeric))
    ELSE p_fields END;
END
$$;

-- Has a row open for one person, for a time: nobody else writes meanwhile. Claiming it again makes the
-- time begin anew.
CREATE OR REPLACE FUNCTION claim_doc(p_doc_id uuid, p_actor text, p_seconds integer) RETURNS jsonb
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  doc "Doc" := hold_doc(p_doc_id, p_actor);
BEGIN
  UPDATE "Doc" SET claimed_by = p_actor,
    claimed_until = clock_timestamp() + make_interval(secs => p_seconds)
  WHERE id = p_doc_id;
  RETURN doc_for_review(p_doc_id);
END
$$;

-- Grants a job to one execution, or says why there is nothing for it to do.
--
-- An upload's event comes with the object (p_upload: bucket, key, versionId, etag) and its sequencer,
-- by which S3 orders the writes to one key (Amazon S3 user guide, "Event message structure").
-- Without p_upload it is a manual retry, or with p_replay a replay, of what the job has. An upload
-- whose model's breaker is not closed waits instead of starting a run that is bound to fail; who
-- asks by hand is not held up. A processed job with an error is one whose replay has failed.
CREATE OR REPLACE FUNCTION claim_job(
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
    ELSIF job.status = 'processed' AND p_replay IS NULL AND job.error IS NULL THEN
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
        run_token = NULL, execution = p_execution, replay = NULL, replayed_from = NULL, upload = p_upload,
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
    replayed_from = CASE WHEN is_event THEN NULL WHEN job.status = 'processed' THEN job.completed_at
      ELSE replayed_from END,
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

-- Notes what a person says stands on a page: p_changes is a list of {path, value}, or {path, withdrawn}
-- for what is taken back. A line of a table is added by a value at a new key, taken out by null, and
-- the order of a table is a list of keys. Values have been held against the schema by whoever asks.
CREATE OR REPLACE FUNCTION correct_doc(
  p_doc_id uuid,
  p_version integer,
  p_changes jsonb,
  p_actor text,
  p_change_id uuid
) RETURNS jsonb
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  doc "Doc";
  corrected record;
  read jsonb;
  change record;
  place text[];
  value jsonb;
  is_sound boolean;
BEGIN
  IF EXISTS (SELECT FROM "DocCorrection" WHERE doc_id = p_doc_id AND change_id = p_change_id) THEN
    RETURN doc_for_review(p_doc_id); -- It asks again: the first answer was lost.
  END IF;
  doc := hold_doc(p_doc_id, p_actor, p_version);
  IF doc.review <> 'to_review' THEN
    RAISE EXCEPTION 'The page is %. Open it for review again to correct it.', doc.review
      USING ERRCODE = 'BS005';
  END IF;
  corrected := corrected_doc(doc);
  read := keyed_fields(coalesce(doc.ocr_payload -> 'fields', '{}'));

  FOR change IN
    SELECT each.change, each.number FROM jsonb_array_elements(p_changes) WITH ORDINALITY AS each (change, number)
  LOOP
    place := coalesce((string_to_array(change.change ->> 'path', '/'))[2:], '{}');
    value := coalesce(change.change -> 'value', 'null');
    is_sound := CASE
      WHEN coalesce((change.change ->> 'withdrawn')::boolean, false) THEN true
      WHEN change.change ->> 'path' = ''
        THEN value IN (SELECT to_jsonb(type) FROM unnest(enum_range(NULL::"DocType")) AS type)
      WHEN corrected.fields IS NULL OR NOT corrected.keyed ? place[1] THEN false
      WHEN corrected.lines ? place[1] AND cardinality(place) = 1 THEN jsonb_typeof(value) = 'array'
      WHEN corrected.lines ? place[1] AND cardinality(place) = 2
        THEN jsonb_typeof(value) IN ('object', 'null')
      WHEN corrected.lines ? place[1]
        THEN jsonb_typeof(value) NOT IN ('object', 'array')
      -- A part of the page that was not read at all is given as a whole.
      WHEN jsonb_typeof(value) = 'object' THEN coalesce(corrected.keyed #> place, 'null') = 'null'
      ELSE jsonb_typeof(value) <> 'array'
        AND jsonb_typeof(coalesce(corrected.keyed #> place, 'null')) NOT IN ('object', 'array') END;
    IF NOT coalesce(is_sound, false) THEN
      RAISE EXCEPTION 'There is no field % on this page that could say that.', change.change ->> 'path'
        USING ERRCODE = 'BS005';
    END IF;
    INSERT INTO "DocCorrection" (doc_id, user_id, page_content, doc_type, path, base, old, new, withdrawn,
      actor, change_id, doc_version, position)
    VALUES (doc.id, doc.user_id, page_content(doc.storage_uri), doc.doc_type,
      change.change ->> 'path',
      CASE WHEN place = '{}' THEN to_jsonb(doc.doc_type) ELSE coalesce(read #> place, 'null') END,
      CASE WHEN place = '{}' THEN to_jsonb(doc.doc_type) ELSE coalesce(corrected.keyed #> place, 'null') END,
      value, coalesce((change.change ->> 'withdrawn')::boolean, false), p_actor, p_change_id,
      doc.version + 1, change.number);
  END LOOP;
  UPDATE "Doc" SET version = version + 1,
    needs_review = needs_review OR status = 'draft_created'
  WHERE id = doc.id;
  RETURN doc_for_review(p_doc_id);
END
$$;

-- What a row says with its corrections: its fields, the same by the keys of their lines, the keys of
-- each table in order; and which corrections are in conflict with the reading: they were made on a
-- value that is read otherwise by now, or on a line that is read no longer. A correction counts all
-- the same, as long as there is a place for it. Fields are null where nothing was read.
CREATE OR REPLACE FUNCTION corrected_doc(
  doc "Doc",
  OUT fields jsonb,
  OUT keyed jsonb,
  OUT lines jsonb,
  OUT conflicts text[],
  OUT is_corrected boolean
)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  read jsonb;
  correction "DocCorrection";
  orders jsonb := '{}';
  place text[];
  field record;
BEGIN
  conflicts := '{}';
  is_corrected := false;
  lines := '{}';
  fields := doc.ocr_payload -> 'fields';
  IF jsonb_typeof(fields) IS DISTINCT FROM 'object' THEN
    fields := NULL;
    RETURN;
  END IF;
  read := keyed_fields(fields);
  keyed := read;
  FOR field IN SELECT * FROM jsonb_each(fields) WHERE is_table(value) LOOP
    lines := lines || jsonb_build_object(field.key,
      (SELECT coalesce(jsonb_agg(line_key ORDER BY line_number), '[]') FROM keyed_lines(field.value)));
  END LOOP;

  FOR correction IN SELECT * FROM standing_corrections(doc) WHERE path <> '' LOOP
    is_corrected := true;
    place := (string_to_array(correction.path, '/'))[2:];
    IF lines ? place[1] AND cardinality(place) = 1 THEN
      orders := orders || jsonb_build_object(place[1], correction.new); -- Once all lines are there.
    ELSIF lines ? place[1] AND cardinality(place) = 2 THEN
      IF correction.base <> 'null' AND read #> place IS NULL THEN
        IF correction.new <> 'null' THEN
          conflicts := conflicts || correction.path;
        END IF; -- A line that was taken out, and is not read any more.
      ELSIF correction.new = 'null' THEN
        keyed := keyed #- place;
      ELSE
        keyed := jsonb_set(keyed, place, correction.new);
        IF NOT (lines -> place[1]) ? place[2] THEN
          lines := jsonb_set(lines, place[1:1], (lines -> place[1]) || to_jsonb(place[2]));
        END IF;
      END IF;
    ELSIF cardinality(place) > 1
      AND jsonb_typeof(keyed #> place[1:cardinality(place) - 1]) IS DISTINCT FROM 'object' THEN
      IF jsonb_typeof(read #> place[1:cardinality(place) - 1]) IS DISTINCT FROM 'object' THEN
        conflicts := conflicts || correction.path;
      END IF; -- Otherwise of a line that was taken out.
    ELSE
      IF coalesce(read #> place, 'null') NOT IN (correction.base, correction.new)
        AND NOT (correction.base = 'null' AND read #> place IS NULL) THEN
        conflicts := conflicts || correction.path;
      END IF;
      keyed := jsonb_set(keyed, place, correction.new);
    END IF;
  END LOOP;

  fields := keyed;
  FOR field IN SELECT * FROM jsonb_each(lines) LOOP
    lines := jsonb_set(lines, ARRAY[field.key], (
      SELECT coalesce(jsonb_agg(key ORDER BY wanted.number, known.number), '[]')
      FROM jsonb_array_elements_text(lines -> field.key) WITH ORDINALITY AS known (key, number)
      LEFT JOIN jsonb_array_elements_text(orders -> field.key) WITH ORDINALITY AS wanted (key, number)
        USING (key)
      WHERE (keyed -> field.key) ? key));
    fields := jsonb_set(fields, ARRAY[field.key], (
      SELECT coalesce(jsonb_agg(keyed -> field.key -> key ORDER BY number), '[]')
      FROM jsonb_array_elements_text(lines -> field.key) WITH ORDINALITY AS known (key, number)));
  END LOOP;
END
$$;

-- What pages of a job are by a person's word, by the content of the page: a run does not ask a model.
CREATE OR REPLACE FUNCTION corrected_types(p_job_id uuid) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(jsonb_object_agg(split_part(correction.page_content, '.', 1), correction.new), '{}')
  FROM "Doc" AS doc, standing_corrections(doc) AS correction
  WHERE doc.job_thread_id = p_job_id AND correction.path = ''
$$;

-- A person's word on a row: that it is right (approved), not to be used (rejected), or to be looked at
-- again (to_review).
CREATE OR REPLACE FUNCTION decide_doc(
  p_doc_id uuid,
  p_version integer,
  p_review "ReviewStatus",
  p_actor text,
  p_change_id uuid,
  p_reason text DEFAULT NULL
) RETURNS jsonb
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  doc "Doc";
BEGIN
  IF EXISTS (SELECT FROM "DocDecision" WHERE doc_id = p_doc_id AND change_id = p_change_id) THEN
    RETURN doc_for_review(p_doc_id); -- It asks again: the first answer was lost.
  END IF;
  doc := hold_doc(p_doc_id, p_actor, p_version);
  IF p_review = 'approved' AND (doc.doc_type = 'unknown' OR doc.error IS NOT NULL
    OR effective_fields(doc) IS NULL) THEN
    RAISE EXCEPTION 'The page was not read as anything that could be approved. Say what it is, or reject it.'
      USING ERRCODE = 'BS005';
  END IF;
  UPDATE "Doc" SET
    review = p_review,
    version = version + 1,
    reviewed_by = CASE WHEN p_review <> 'to_review' THEN p_actor END,
    reviewed_at = CASE WHEN p_review <> 'to_review' THEN clock_timestamp() END,
    review_note = p_reason,
    approved_hash = CASE WHEN p_review = 'approved' THEN approval_hash(doc) END,
    needs_review = p_review = 'to_review',
    claimed_by = NULL,
    claimed_until = NULL
  WHERE id = doc.id;
  INSERT INTO "DocDecision" (doc_id, user_id, review, reason, fields, actor, change_id)
    VALUES (doc.id, doc.user_id, p_review, p_reason, effective_fields(doc), p_actor, p_change_id);
  RETURN doc_for_review(p_doc_id);
END
$$;

-- What a row says, for telling whether another says the same: all of it but whose it is, of which
-- upload, since when, what follows from the rest, and what reviewers and later phases make of it.
CREATE OR REPLACE FUNCTION doc_content(doc "Doc") RETURNS jsonb
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT to_jsonb(doc) - ARRAY[
    'id', 'job_thread_id', 'user_id', 'page_number', 'status', 'needs_review',
    'object_version', 'created_at', 'updated_at', 'document_key', 'picture',
    'corrected_fields', 'conflicts', 'review', 'reviewed_by', 'reviewed_at', 'review_note',
    'approved_hash', 'version', 'claimed_by', 'claimed_until']
$$;

-- A row with what a reviewer needs: the fields that count, the keys of the lines of its tables, as they
-- count and as they were read, the corrections that stand, what was decided, and which other documents
-- of the user are this one.
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

-- What counts of a row: what was read, with what reviewers have corrected. Also a column that can be
-- asked for by REST (PostgREST, "Computed fields").
CREATE OR REPLACE FUNCTION effective_fields(doc "Doc") RETURNS jsonb
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(doc.corrected_fields, doc.ocr_payload -> 'fields')
$$;

-- What a run is told that the job is granted to.
CREATE OR REPLACE FUNCTION granted(job "JobThread") RETURNS jsonb
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT jsonb_build_object(
    'outcome', 'granted', 'token', job.run_token, 'attempt', job.attempt, 'user_id', job.user_id,
    'upload', job.upload, 'replay', job.replay, 'types', corrected_types(job.id))
$$;

-- Locks a row for a person who writes, and refuses where it has changed since they looked at it, or
-- somebody else has it open.
CREATE OR REPLACE FUNCTION hold_doc(p_doc_id uuid, p_actor text, p_version integer DEFAULT NULL)
RETURNS "Doc"
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  doc "Doc";
BEGIN
  SELECT * INTO doc FROM "Doc" WHERE id = p_doc_id FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'There is no such page any more.' USING ERRCODE = 'BS007';
  END IF;
  IF coalesce(p_actor, '') !~ '\S' THEN
    RAISE EXCEPTION 'Say who you are: what is done to a page is kept with a name.' USING ERRCODE = 'BS005';
  END IF;
  IF doc.claimed_by <> p_actor AND doc.claimed_until > clock_timestamp() THEN
    RAISE EXCEPTION '% has this page open. Take another one, or try again in % minutes.', doc.claimed_by,
      ceil(extract(epoch FROM doc.claimed_until - clock_timestamp()) / 60) USING ERRCODE = 'BS009';
  END IF;
  IF doc.version <> p_version THEN
    RAISE EXCEPTION 'The page has changed since you opened it. Look at it again.' USING ERRCODE = 'BS008';
  END IF;
  RETURN doc;
END
$$;

-- Whether a run leaves a page as it is: it is approved, of the upload that the run reads, and nobody has
-- said that approved pages are to be read again, too.
CREATE OR REPLACE FUNCTION is_locked(doc "Doc", job "JobThread") RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT doc.review = 'approved' AND doc.object_version IS NOT DISTINCT FROM job.object_version
    AND NOT coalesce((job.replay ->> 'approvedToo')::boolean, false)
$$;

-- Whether a field is a table, such as the line items: a list of nothing but objects.
CREATE OR REPLACE FUNCTION is_table(p_field jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT CASE jsonb_typeof(p_field) WHEN 'array'
    THEN NOT jsonb_path_exists(p_field, 'strict $[*] ? (@.type() != "object")') ELSE false END
$$;

-- Whatever starts or ends a run changes its job's row, and is seen here.
CREATE OR REPLACE FUNCTION keep_job_attempt() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.attempt > OLD.attempt THEN
    -- A newer upload takes over from a live run, and whoever tries again from a dead one.
    UPDATE "JobAttempt" SET ended_at = clock_timestamp(), outcome = 'superseded'
      WHERE job_thread_id = OLD.id AND attempt = OLD.attempt AND ended_at IS NULL;
    INSERT INTO "JobAttempt" (job_thread_id, attempt, user_id, execution, replay, started_at)
      VALUES (NEW.id, NEW.attempt, NEW.user_id, NEW.execution, NEW.replay, NEW.started_at);
  ELSIF OLD.status = 'processing' AND NEW.status <> 'processing' THEN
    UPDATE "JobAttempt" SET
      ended_at = clock_timestamp(),
      outcome = CASE WHEN NEW.status = 'processed' AND NEW.error IS NOT NULL THEN 'error'
        ELSE NEW.status::text END, -- See keep_processed.
      error = NEW.error,
      reason = coalesce(NEW.error_message, NEW.waiting_reason)
      WHERE job_thread_id = NEW.id AND attempt = NEW.attempt;
  END IF;
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER keep_job_attempt AFTER UPDATE OF status, attempt ON "JobThread"
  FOR EACH ROW EXECUTE FUNCTION keep_job_attempt();

-- A processed job that was to be read again stays processed where that failed before a row was written:
-- all of its rows are there and say what they said. The run's own row says that it failed.
CREATE OR REPLACE FUNCTION keep_processed() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  NEW.status := 'processed';
  NEW.completed_at := NEW.replayed_from;
  NEW.replayed_from := NULL;
  NEW.failed_at := NULL;
  NEW.error_message := 'It could not be read again, and says what it said before: ' || NEW.error_message;
  NEW.page_count := (SELECT count(*) FROM "Doc" WHERE job_thread_id = NEW.id);
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER keep_processed BEFORE UPDATE OF status ON "JobThread"
  FOR EACH ROW WHEN (NEW.status = 'error' AND NEW.replayed_from IS NOT NULL)
  EXECUTE FUNCTION keep_processed();

-- Fields in the form in which corrections name them: a table as an object of its lines by their keys.
CREATE OR REPLACE FUNCTION keyed_fields(p_fields jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(jsonb_object_agg(key, CASE WHEN is_table(value)
    THEN (SELECT coalesce(jsonb_object_agg(line_key, line), '{}') FROM keyed_lines(value))
    ELSE value END), '{}')
  FROM jsonb_each(p_fields)
$$;

-- The lines of a table, each with a key that it keeps when lines are read before it, or no longer: by
-- its description, or where it has none by all of its texts; with its number among those of that name.
CREATE OR REPLACE FUNCTION keyed_lines(p_table jsonb)
RETURNS TABLE (line_number integer, line_key text, line jsonb)
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  WITH named AS (
    SELECT each.number::integer AS number, each.line,
      substr(md5(lower(regexp_replace(
        coalesce(nullif(each.line ->> 'description', ''), (
          SELECT string_agg(value #>> '{}', ' ' ORDER BY key) FROM jsonb_each(each.line)
          WHERE jsonb_typeof(value) = 'string'), ''),
        '[^[:alnum:]]', '', 'g'))), 1, 12) AS name
    FROM jsonb_array_elements(p_table) WITH ORDINALITY AS each (line, number)
  )
  SELECT number, name || '.' || row_number() OVER (PARTITION BY name ORDER BY number), line
  FROM named ORDER BY number
$$;

-- What tells a page's content from another's: with what its storage_uri ends. Images, and what stands
-- for one that can't be drawn, are named by the SHA-256 of their content.
CREATE OR REPLACE FUNCTION page_content(p_storage_uri text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT substring(p_storage_uri FROM '[^/]*$')
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

-- Ends a person's claim of a row; of nobody else's.
CREATE OR REPLACE FUNCTION release_doc(p_doc_id uuid, p_actor text) RETURNS void
LANGUAGE sql SECURITY INVOKER SET search_path = public, pg_temp AS $$
  UPDATE "Doc" SET claimed_by = NULL, claimed_until = NULL
  WHERE id = p_doc_id AND claimed_by = p_actor
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

-- The corrections of a row that count: the newest of each field, of those that were made on its page's
-- image and type, unless it was taken back. What is above a field comes before it.
CREATE OR REPLACE FUNCTION standing_corrections(doc "Doc") RETURNS SETOF "DocCorrection"
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT newest.* FROM (
    SELECT DISTINCT ON (path) * FROM "DocCorrection"
    WHERE doc_id = doc.id AND page_content = page_content(doc.storage_uri)
      AND (doc_type = doc.doc_type OR path = '')
    ORDER BY path, doc_version DESC, position DESC) AS newest
  WHERE NOT withdrawn
  ORDER BY cardinality(string_to_array(path, '/')), doc_version, position
$$;

REVOKE ALL ON FUNCTION approval_hash("Doc") FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION canonical_fields(jsonb) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION claim_doc(uuid,text,integer) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION correct_doc(uuid,integer,jsonb,text,uuid) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION corrected_doc("Doc") FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION corrected_types(uuid) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION decide_doc(uuid,integer,"ReviewStatus",text,uuid,text) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION doc_for_review(uuid) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION effective_fields("Doc") FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION hold_doc(uuid,text,integer) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION is_locked("Doc","JobThread") FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION is_table(jsonb) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION keep_processed() FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION keyed_fields(jsonb) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION keyed_lines(jsonb) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION page_content(text) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION release_doc(uuid,text) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION settle_doc() FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION standing_corrections("Doc") FROM PUBLIC, anon, authenticated;
REVOKE ALL ON TABLE "DocCorrection" FROM PUBLIC, anon, authenticated;
REVOKE ALL ON TABLE "DocDecision" FROM PUBLIC, anon, authenticated;
CREATE POLICY own_corrections ON "DocCorrection" AS PERMISSIVE FOR SELECT TO authenticated
  USING ((user_id = ( SELECT auth.uid() AS uid)));
CREATE POLICY own_decisions ON "DocDecision" AS PERMISSIVE FOR SELECT TO authenticated
  USING ((user_id = ( SELECT auth.uid() AS uid)));
ALTER TABLE "DocCorrection" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "DocDecision" ENABLE ROW LEVEL SECURITY;
GRANT SELECT ("position"), SELECT (actor), SELECT (base), SELECT (created_at), SELECT (doc_id), SELECT (doc_type), SELECT (doc_version), SELECT (id), SELECT (new), SELECT (old), SELECT (path), SELECT (user_id), SELECT (withdrawn) ON TABLE "DocCorrection" TO authenticated;
GRANT SELECT (actor), SELECT (created_at), SELECT (doc_id), SELECT (fields), SELECT (id), SELECT (reason), SELECT (review), SELECT (user_id) ON TABLE "DocDecision" TO authenticated;
GRANT EXECUTE ON FUNCTION approval_hash("Doc") TO service_role;
GRANT EXECUTE ON FUNCTION canonical_fields(jsonb) TO service_role;
GRANT EXECUTE ON FUNCTION claim_doc(uuid,text,integer) TO service_role;
GRANT EXECUTE ON FUNCTION correct_doc(uuid,integer,jsonb,text,uuid) TO service_role;
GRANT EXECUTE ON FUNCTION corrected_doc("Doc") TO service_role;
GRANT EXECUTE ON FUNCTION corrected_types(uuid) TO service_role;
GRANT EXECUTE ON FUNCTION decide_doc(uuid,integer,"ReviewStatus",text,uuid,text) TO service_role;
GRANT EXECUTE ON FUNCTION doc_for_review(uuid) TO service_role;
GRANT EXECUTE ON FUNCTION effective_fields("Doc") TO service_role;
GRANT EXECUTE ON FUNCTION hold_doc(uuid,text,integer) TO service_role;
GRANT EXECUTE ON FUNCTION is_locked("Doc","JobThread") TO service_role;
GRANT EXECUTE ON FUNCTION is_table(jsonb) TO service_role;
GRANT EXECUTE ON FUNCTION keep_processed() TO service_role;
GRANT EXECUTE ON FUNCTION keyed_fields(jsonb) TO service_role;
GRANT EXECUTE ON FUNCTION keyed_lines(jsonb) TO service_role;
GRANT EXECUTE ON FUNCTION page_content(text) TO service_role;
GRANT EXECUTE ON FUNCTION release_doc(uuid,text) TO service_role;
GRANT EXECUTE ON FUNCTION settle_doc() TO service_role;
GRANT EXECUTE ON FUNCTION standing_corrections("Doc") TO service_role;
GRANT DELETE, INSERT, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "DocCorrection" TO service_role;
GRANT DELETE, INSERT, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "DocDecision" TO service_role;
GRANT SELECT (conflicts), SELECT (corrected_fields), SELECT (review), SELECT (review_note), SELECT (reviewed_at), SELECT (reviewed_by), SELECT (version) ON TABLE "Doc" TO authenticated;
