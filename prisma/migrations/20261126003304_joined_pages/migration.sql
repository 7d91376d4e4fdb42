SET LOCAL lock_timeout = '5s';

ALTER TABLE "Doc" DROP CONSTRAINT doc_approval_is_of_what_was_read;

-- AlterTable
ALTER TABLE "Doc" ADD COLUMN     "document_fields" JSONB,
ADD COLUMN     "head_id" UUID,
ADD COLUMN     "place" INTEGER;

-- CreateTable
CREATE TABLE "DocPlacement" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "doc_id" UUID NOT NULL,
    "job_thread_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "page_content" TEXT NOT NULL,
    "document_id" UUID,
    "place" INTEGER,
    "actor" TEXT NOT NULL,
    "change_id" UUID NOT NULL,
    "doc_version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DocPlacement_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "DocPlacement_job_thread_id_idx" ON "DocPlacement"("job_thread_id");

-- CreateIndex
CREATE INDEX "DocPlacement_user_id_idx" ON "DocPlacement"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "DocPlacement_doc_id_doc_version_key" ON "DocPlacement"("doc_id", "doc_version");

-- AddForeignKey
ALTER TABLE "DocPlacement" ADD CONSTRAINT "DocPlacement_doc_id_fkey" FOREIGN KEY ("doc_id") REFERENCES "Doc"("id") ON DELETE CASCADE ON UPDATE CASCADE NOT VALID;

ALTER TABLE "Doc" ADD CONSTRAINT doc_approval_is_of_what_was_read CHECK (((review <> 'approved'::"ReviewStatus") OR (((doc_type <> 'unknown'::"DocType") OR (head_id IS NOT NULL)) AND (error IS NULL) AND (approved_hash IS NOT NULL)))) NOT VALID;
ALTER TABLE "Doc" ADD CONSTRAINT doc_document_fields_are_the_first_pages CHECK (((document_fields IS NULL) OR ((head_id IS NULL) AND (jsonb_typeof(document_fields) = 'object'::text)))) NOT VALID;
ALTER TABLE "Doc" ADD CONSTRAINT doc_place_is_in_a_document CHECK (((place >= 1) AND ((head_id IS NULL) OR (place > 1)))) NOT VALID;
ALTER TABLE "DocPlacement" ADD CONSTRAINT placement_is_in_a_document CHECK ((((document_id IS NULL) = (place IS NULL)) AND (place >= 1))) NOT VALID;
ALTER TABLE "DocPlacement" ADD CONSTRAINT placement_is_somebodys CHECK ((actor ~ '\S'::text)) NOT VALID;

SET LOCAL check_function_bodies = off;

-- arrange_docs of a reviewer's own pages, by their own token.
CREATE OR REPLACE FUNCTION arrange_as_reviewer(
  p_doc_id uuid,
  p_documents jsonb,
  p_loose jsonb,
  p_versions jsonb,
  p_change_id uuid
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN seen_by_reviewer(
    arrange_docs(p_doc_id, p_documents, p_loose, p_versions, reviewer_of(p_doc_id), p_change_id));
END
$$;

-- Notes which pages are one document: p_documents is a list of lists of pages, each in order; a list of one
-- makes that page a document by itself. For p_loose pages nobody has said anything any more. Pages that are
-- not named stay where they are. All pages that are named come with the version that was seen (p_versions).
-- The answer is doc_for_review of p_doc_id.
CREATE OR REPLACE FUNCTION arrange_docs(
  p_doc_id uuid,
  p_documents jsonb,
  p_loose jsonb,
  p_versions jsonb,
  p_actor text,
  p_change_id uuid
) RETURNS jsonb
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  named uuid[] := ARRAY(
    SELECT page::uuid FROM jsonb_array_elements(p_documents) AS document, jsonb_array_elements_text(document) AS page
    UNION ALL
    SELECT page::uuid FROM jsonb_array_elements_text(p_loose) AS page);
  touched uuid[];
  job uuid;
  doc "Doc";
BEGIN
  IF EXISTS (SELECT FROM "DocPlacement" WHERE doc_id = ANY (named) AND change_id = p_change_id) THEN
    RETURN doc_for_review(p_doc_id); -- It asks again: the first answer was lost.
  END IF;
  SELECT job_thread_id INTO job FROM "Doc" WHERE id = p_doc_id;
  IF job IS NULL OR (SELECT count(*) FROM "Doc" WHERE id = ANY (named)) < cardinality(named) THEN
    RAISE EXCEPTION 'There is no such page any more.' USING ERRCODE = 'BS007';
  END IF;
  IF cardinality(named) NOT BETWEEN 1 AND 1000 OR EXISTS (SELECT FROM "Doc" WHERE id = ANY (named) AND job_thread_id <> job) THEN
    RAISE EXCEPTION 'Only pages of one upload can be one document. Upload the others together with it.'
      USING ERRCODE = 'BS005';
  END IF;

  -- With the documents that they leave: in the order in which everybody takes a job's pages.
  PERFORM FROM "Doc" WHERE job_thread_id = job AND coalesce(head_id, id) IN (
    SELECT coalesce(head_id, id) FROM "Doc" WHERE id = ANY (named)) ORDER BY page_number FOR UPDATE;
  touched := ARRAY(SELECT id FROM "Doc" WHERE job_thread_id = job AND coalesce(head_id, id) IN (
    SELECT coalesce(head_id, id) FROM "Doc" WHERE id = ANY (named)) ORDER BY page_number);
  FOR doc IN SELECT * FROM "Doc" WHERE id = ANY (touched) ORDER BY page_number LOOP
    PERFORM hold_doc(doc.id, p_actor,
      CASE WHEN doc.id = ANY (named) THEN coalesce((p_versions ->> doc.id::text)::integer, 0) END);
    IF doc.review <> 'to_review' THEN
      RAISE EXCEPTION 'Page % is %. Open it for review again to change which pages are one document.',
        doc.page_number, doc.review USING ERRCODE = 'BS005';
    END IF;
  END LOOP;

  FOR doc IN
    SELECT page.* FROM jsonb_array_elements(p_documents) AS document
    JOIN "Doc" AS head ON head.id = (document ->> 0)::uuid
    JOIN "Doc" AS page ON document ? page.id::text
    WHERE jsonb_array_length(document) > 1 AND (head.doc_type = 'unknown' OR head.error IS NOT NULL
      OR page.doc_type NOT IN (head.doc_type, 'unknown'))
    ORDER BY page.id <> head.id, page.page_number LIMIT 1
  LOOP
    RAISE EXCEPTION '%', CASE WHEN doc.doc_type = 'unknown' OR doc.error IS NOT NULL
      THEN format('Page %s does not say what the document is. Say what it is first, or begin with another page.', doc.page_number)
      ELSE format('Page %s is of another kind: a bill and an e-way bill are two documents.', doc.page_number) END
      USING ERRCODE = 'BS005';
  END LOOP;

  WITH documents AS MATERIALIZED (
    SELECT gen_random_uuid() AS id, pages FROM jsonb_array_elements(p_documents) AS pages
  ), places AS (
    SELECT page::uuid AS page, documents.id AS document, number::integer AS number
    FROM documents, jsonb_array_elements_text(pages) WITH ORDINALITY AS each (page, number)
    UNION ALL
    SELECT page::uuid, NULL, NULL FROM jsonb_array_elements_text(p_loose) AS page
  )
  INSERT INTO "DocPlacement" (doc_id, job_thread_id, user_id, page_content, document_id, place, actor,
    change_id, doc_version)
  SELECT seen.id, seen.job_thread_id, seen.user_id, page_content(seen.storage_uri), document, number, p_actor,
    p_change_id, seen.version + 1
  FROM places JOIN "Doc" AS seen ON seen.id = places.page;

  UPDATE "Doc" SET version = version + 1, needs_review = needs_review OR status = 'draft_created'
  WHERE id = ANY (touched);
  RETURN doc_for_review(p_doc_id);
END
$$;

-- The bill of an e-way bill, or the e-way bills of a bill, among what its user has uploaded: the first
-- three.
CREATE OR REPLACE FUNCTION bundle_of(doc "Doc") RETURNS SETOF "Doc"
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT other.* FROM "Doc" AS other
  WHERE other.bundle_keys && doc.bundle_keys AND other.user_id = doc.user_id
    AND other.doc_type <> doc.doc_type AND other.doc_type <> 'unknown' AND doc.doc_type <> 'unknown'
    AND other.review <> 'rejected' AND CASE doc.doc_type
      WHEN 'bill' THEN is_bundle(fields_of_document(doc), fields_of_document(other))
      ELSE is_bundle(fields_of_document(other), fields_of_document(doc)) END
  ORDER BY other.job_thread_id <> doc.job_thread_id, other.created_at, other.page_number LIMIT 3
$$;

-- Has a row, and the other pages of its document, open for one person, for a time: nobody else writes
-- meanwhile. Claiming it again makes the time begin anew.
CREATE OR REPLACE FUNCTION claim_doc(p_doc_id uuid, p_actor text, p_seconds integer) RETURNS jsonb
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  doc "Doc" := hold_doc(p_doc_id, p_actor);
BEGIN
  UPDATE "Doc" SET claimed_by = p_actor,
    claimed_until = clock_timestamp() + make_interval(secs => p_seconds)
  WHERE id IN (SELECT id FROM pages_of_document(doc.id));
  RETURN doc_for_review(p_doc_id);
END
$$;

-- By what a page is plainly the continuation of the page before it in its upload, where nobody has said to
-- which document it belongs, and about neither is decided; null where it is not.
CREATE OR REPLACE FUNCTION continuation(doc "Doc") RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT continues_page(before.doc_type, jsonb_build_object('text', before.ocr_payload -> 'text', 'fields', effective_fields(before)),
    doc.doc_type, jsonb_build_object('text', doc.ocr_payload -> 'text', 'fields', effective_fields(doc)))
  FROM "Doc" AS before
  WHERE before.job_thread_id = doc.job_thread_id AND before.page_number = doc.page_number - 1
    AND doc.review = 'to_review' AND before.review = 'to_review'
    AND (SELECT document_id FROM "DocPlacement"
      WHERE doc_id = doc.id AND page_content = page_content(doc.storage_uri)
      ORDER BY doc_version DESC LIMIT 1) IS NULL
$$;

-- By what a page is plainly the continuation of the one before it, as a sentence; null where it is not. Two
-- pages with a total each are two documents, or two copies of one.
CREATE OR REPLACE FUNCTION continues_page(
  p_before_type "DocType", p_before jsonb, p_type "DocType", p_page jsonb
) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  WITH said AS (
    SELECT which, payload ->> 'text' AS text,
      nullif(regexp_replace(upper(coalesce(fields ->> 'invoice_number', fields ->> 'eway_bill_number')),
        '[^[:alnum:]]', '', 'g'), '') AS number,
      nullif(regexp_replace(upper(coalesce(fields #>> '{seller,gstin}', fields #>> '{supplier,gstin}')),
        '[^[:alnum:]]', '', 'g'), '') AS gstin,
      nullif(regexp_replace(lower(coalesce(fields #>> '{seller,name}', fields #>> '{supplier,name}')),
        '[^[:alnum:]]', '', 'g'), '') AS party,
      coalesce(fields -> 'grand_total', fields -> 'value_of_goods', 'null') <> 'null' AS has_total,
      coalesce(nullif(coalesce(fields -> 'line_items', fields -> 'goods'), 'null'), '[]') <> '[]' AS has_lines
    FROM (VALUES ('before', p_before), ('page', p_page)) AS each (which, payload),
      LATERAL (SELECT payload -> 'fields' AS fields) AS read
  )
  SELECT CASE
    WHEN p_before_type = 'unknown' OR p_type NOT IN (p_before_type, 'unknown')
      OR before.number <> page.number OR before.gstin <> page.gstin
      OR (before.has_total AND page.has_total) THEN NULL
    WHEN mark.page = mark_before.page + 1 AND mark.pages = mark_before.pages
      THEN format('It says "Page %s of %s", and the page before says "Page %s of %2$s".', mark.page, mark.pages,
        mark_before.page)
    WHEN mark_before.page = mark_before.pages OR mark.page = 1 THEN NULL
    WHEN right(before.text, 400) ~* '\mcontd\M|\mcont''d|\mcontinued\s*(\.\.|on\M|to\M|overleaf|next|page|in\s+page|\W*$)|\mcarried\s+(over|forward)\M|\mc/f\M'
      THEN 'The page before says that it is continued.'
    WHEN left(page.text, 400) ~* '\mcontinued\s+from\M|\mcontinuation\s+(sheet|of)\M|\mbrought\s+forward\M|\mb/f\M'
      THEN 'It says that it is a continuation.'
    WHEN p_type = 'unknown' THEN NULL
    WHEN mark.page > 1 AND mark_before.page IS NULL
      THEN format('It says "Page %s of %s".', mark.page, mark.pages)
    WHEN before.number = page.number AND (before.gstin = page.gstin OR before.party = page.party)
      THEN format('It has the number %s of the page before, and the same seller.', page.number)
    WHEN page.number IS NULL AND page.party IS NULL AND page.gstin IS NULL AND page.has_lines AND NOT before.has_total
      THEN 'It has lines without a head, and the page before has no total.'
    WHEN page.number IS NULL AND page.has_total AND NOT page.has_lines AND before.has_lines AND NOT before.has_total
      THEN 'It has the total that the page before lacks.'
    END
  FROM said AS before, LATERAL page_mark(before.text) AS mark_before,
    said AS page, LATERAL page_mark(page.text) AS mark
  WHERE before.which = 'before' AND page.which = 'page'
$$;

-- A person's word on a row, and so on all pages of its document: that it is right (approved), not to be
-- used (rejected), or to be looked at again (to_review).
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
  unread "Doc";
  pages uuid[];
BEGIN
  IF EXISTS (SELECT FROM "DocDecision" WHERE doc_id = p_doc_id AND change_id = p_change_id) THEN
    RETURN doc_for_review(p_doc_id); -- It asks again: the first answer was lost.
  END IF;
  doc := hold_doc(p_doc_id, p_actor, p_version);
  -- Before the time is taken: an export waits for what was decided before it (export_docs).
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('decide_doc', 0));
  pages := ARRAY(SELECT id FROM pages_of_document(doc.id));
  SELECT page.* INTO unread FROM "Doc" AS page JOIN "Doc" AS head ON head.id = pages[1]
  WHERE page.id = ANY (pages) AND (page.error IS NOT NULL
    OR CASE WHEN page.doc_type = 'unknown' THEN page.head_id IS NULL
      ELSE page.doc_type <> head.doc_type OR effective_fields(page) IS NULL END)
  ORDER BY page.place LIMIT 1;
  IF p_review = 'approved' AND unread.id IS NOT NULL THEN
    RAISE EXCEPTION '%', CASE WHEN cardinality(pages) = 1
      THEN 'The page was not read as anything that could be approved. Say what it is, or reject it.'
      ELSE format('Page %s was not read as a page of this document. Have it read again, or take it out.',
        unread.page_number) END
      USING ERRCODE = 'BS005';
  END IF;
  UPDATE "Doc" SET
    review = p_review,
    version = version + 1,
    reviewed_by = CASE WHEN p_review <> 'to_review' THEN p_actor END,
    reviewed_at = CASE WHEN p_review <> 'to_review' THEN clock_timestamp() END,
    review_note = p_reason,
    approved_hash = CASE WHEN p_review = 'approved' THEN approval_hash("Doc") END,
    needs_review = p_review = 'to_review',
    claimed_by = NULL,
    claimed_until = NULL
  WHERE id = ANY (pages);
  INSERT INTO "DocDecision" (doc_id, user_id, review, reason, fields, actor, change_id)
    SELECT page.id, page.user_id, p_review, p_reason, effective_fields(page), p_actor, p_change_id
    FROM "Doc" AS page WHERE page.id = ANY (pages);
  RETURN doc_for_review(p_doc_id);
END
$$;

-- What a row says, for telling whether another says the same: all of it but whose it is, of which
-- upload, since when, what follows from the rest, and what reviewers and later phases make of it.
CREATE OR REPLACE FUNCTION doc_content(doc "Doc") RETURNS jsonb
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT to_jsonb(doc) - ARRAY[
    'id', 'job_thread_id', 'user_id', 'page_number', 'status', 'needs_review',
    'object_version', 'created_at', 'updated_at', 'document_key', 'picture', 'bundle_keys',
    'corrected_fields', 'conflicts', 'review', 'reviewed_by', 'reviewed_at', 'review_note',
    'approved_hash', 'version', 'claimed_by', 'claimed_until',
    'head_id', 'place', 'document_fields']
$$;

-- A row with what a reviewer needs: the fields that count, the keys of the lines of its tables, as they
-- count and as they were read, the corrections that stand, what was decided, of which document it is a page
-- (document_in_review), which other documents of the user are this one, and which belong to it.
CREATE OR REPLACE FUNCTION doc_for_review(p_doc_id uuid) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  doc "Doc";
  head "Doc";
  corrected record;
BEGIN
  SELECT * INTO doc FROM "Doc" WHERE id = p_doc_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'There is no such page any more.' USING ERRCODE = 'BS007';
  END IF;
  SELECT * INTO head FROM "Doc" WHERE id = coalesce(doc.head_id, doc.id);
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
        SELECT * FROM "Doc" WHERE user_id = doc.user_id AND document_key = head.document_key
          AND job_thread_id <> doc.job_thread_id AND review <> 'rejected'
        ORDER BY created_at LIMIT 3) AS other
      JOIN "JobThread" AS job ON job.id = other.job_thread_id),
    'bundle', (
      SELECT coalesce(jsonb_agg(jsonb_build_object('id', other.id, 'job_thread_id', other.job_thread_id,
        'page_number', other.page_number, 'doc_type', other.doc_type, 'file_name', job.file_name,
        'differences', bundle_findings(head.doc_type, fields_of_document(head), fields_of_document(other),
          bundle_place(other.doc_type, other.page_number, job.file_name, job.id, doc.job_thread_id)))), '[]')
      FROM bundle_of(head) AS other JOIN "JobThread" AS job ON job.id = other.job_thread_id),
    'document', document_in_review(doc),
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

-- The document that a page belongs to, for doc_for_review: its pages; where there are several what they say
-- together and from which page (joined_fields); the pages of the document before it in the upload; and which
-- pages are plainly one document with it, though nobody has said so.
CREATE OR REPLACE FUNCTION document_in_review(doc "Doc") RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  pages uuid[] := ARRAY(SELECT id FROM pages_of_document(doc.id));
  before uuid[] := ARRAY(SELECT page.id FROM "Doc" AS earlier, LATERAL pages_of_document(earlier.id) AS page
    WHERE earlier.job_thread_id = doc.job_thread_id AND earlier.page_number = doc.page_number - 1
      AND earlier.id <> ALL (pages));
  proposed uuid[] := proposed_document(doc);
  joined jsonb := CASE WHEN doc.place IS NOT NULL THEN joined_fields(pages[1]) END;
BEGIN
  RETURN jsonb_build_object(
    'fields', joined -> 'fields', 'origins', joined -> 'origins',
    'pages', in_document(pages),
    'before', in_document(before),
    'proposed', CASE WHEN cardinality(proposed) > cardinality(pages) THEN in_document(proposed) ELSE '[]' END);
END
$$;

-- Documents of a type, each by its first page, for other programs, of all jobs or of those that a filter leaves (listing_condition),
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
      'page_number', doc.page_number, 'pages', (
        SELECT jsonb_agg(page_number ORDER BY place) FROM "Doc" AS page WHERE page.id = doc.id OR page.head_id = doc.id),
      'doc_type', doc.doc_type, 'review', doc.review,
      'reviewed_by', doc.reviewed_by, 'at', doc.at, 'needs_review', doc.needs_review,
      'bundle', (SELECT coalesce(jsonb_agg(other -> 'id'), '[]') FROM jsonb_array_elements(bundled(doc.id)) AS other),
      'fields', doc.fields) ORDER BY doc.at, doc.id), '[]')
    FROM (
      (SELECT id, job_thread_id, page_number, doc_type, review, reviewed_by, reviewed_at AS at,
        needs_review, fields_of_document("Doc") AS fields
      FROM "Doc"
      WHERE is_decided AND review = p_review AND doc_type = p_doc_type AND error IS NULL AND head_id IS NULL
        AND (p_user_id IS NULL OR user_id = p_user_id)
        AND (p_filter IS NULL OR job_thread_id IN (SELECT listed_jobs(p_filter)))
        AND reviewed_at < until
        AND (p_after IS NULL OR (reviewed_at, id) > (p_after, p_after_id))
      ORDER BY reviewed_at, id LIMIT p_limit)
      UNION ALL
      (SELECT id, job_thread_id, page_number, doc_type, review, reviewed_by, created_at AS at,
        needs_review, fields_of_document("Doc") AS fields
      FROM "Doc"
      WHERE NOT is_decided AND (p_review IS NULL OR review = p_review) AND doc_type = p_doc_type
        AND error IS NULL AND head_id IS NULL AND (p_user_id IS NULL OR user_id = p_user_id)
        AND (p_filter IS NULL OR job_thread_id IN (SELECT listed_jobs(p_filter)))
        AND created_at < until
        AND (p_after IS NULL OR (created_at, id) > (p_after, p_after_id))
      ORDER BY created_at, id LIMIT p_limit)
    ) AS doc JOIN "JobThread" AS job ON job.id = doc.job_thread_id);
END
$$;

-- What counts of the document that begins with a page: of one page what effective_fields says, of several
-- what all of them say (joined_fields).
CREATE OR REPLACE FUNCTION fields_of_document(doc "Doc") RETURNS jsonb
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(doc.document_fields, effective_fields(doc))
$$;

-- Pages in which all words of a text stand, or words that begin so, the newest first: what a list of them
-- shows, of the document that they are of. Signs don't count. Without a text all pages that fit the rest. Continued after a page that was
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
      'document', coalesce(doc.head_id, doc.id), 'bundle', bundled(coalesce(doc.head_id, doc.id))
    ) ORDER BY doc.created_at DESC, doc.id DESC), '[]')
    FROM (
      SELECT "Doc".*, job.file_name, fields_of_document(coalesce(head, "Doc")) AS fields
      FROM "Doc" LEFT JOIN "Doc" AS head ON head.id = "Doc".head_id JOIN "JobThread" AS job ON job.id = "Doc".job_thread_id
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

-- Locks a row, and the other pages of its document, for a person who writes, and refuses where it has
-- changed since they looked at it, or somebody else has it open.
CREATE OR REPLACE FUNCTION hold_doc(p_doc_id uuid, p_actor text, p_version integer DEFAULT NULL)
RETURNS "Doc"
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  doc "Doc";
BEGIN
  PERFORM FROM "Doc" WHERE id IN (SELECT id FROM pages_of_document(p_doc_id)) ORDER BY page_number FOR UPDATE;
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

-- Pages by their ids, in that order, as a list of a document's pages shows them.
CREATE OR REPLACE FUNCTION in_document(p_ids uuid[]) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('id', doc.id, 'page_number', doc.page_number, 'version', doc.version,
    'doc_type', doc.doc_type, 'error', doc.error, 'head_id', coalesce(doc.head_id, doc.id), 'place', doc.place,
    'placed', EXISTS (SELECT FROM (
      SELECT document_id FROM "DocPlacement"
      WHERE doc_id = doc.id AND page_content = page_content(doc.storage_uri)
      ORDER BY doc_version DESC LIMIT 1) AS placement WHERE document_id IS NOT NULL),
    'because', continuation(doc)) ORDER BY number), '[]')
  FROM unnest(p_ids) WITH ORDINALITY AS page (id, number) JOIN "Doc" AS doc ON doc.id = page.id
$$;

-- Whether a page, with those of its document, can be approved without a look at it: nothing is known
-- against it.
CREATE OR REPLACE FUNCTION is_approvable(doc "Doc") RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT doc.review = 'to_review' AND NOT doc.needs_review AND doc.doc_type <> 'unknown' AND doc.error IS NULL
    AND doc.head_id IS NULL
$$;

-- Whether a field is said at the end of a document, where the last page counts and not the first.
CREATE OR REPLACE FUNCTION is_total(p_field text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT p_field LIKE '%\_total' OR p_field IN ('round_off', 'amount_in_words', 'value_of_goods')
$$;

-- What a document says by all of its pages: of each field the first page that says it, of totals the last,
-- of tables the lines of all pages; and by origins from which page that is, of a table how many lines of
-- which. Pages that were not read, or as something else than the first, say nothing. With p_page_id as if
-- that page said p_fields.
CREATE OR REPLACE FUNCTION joined_fields(
  p_head_id uuid, p_page_id uuid DEFAULT NULL, p_fields jsonb DEFAULT NULL
) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  WITH pages AS MATERIALIZED (
    SELECT page.page_number, page.place,
      CASE WHEN page.id = p_page_id THEN p_fields ELSE effective_fields(page) END AS fields
    FROM pages_of_document(p_head_id) AS page JOIN "Doc" AS head ON head.id = p_head_id
    WHERE page.doc_type = head.doc_type AND page.error IS NULL
  ), said AS MATERIALIZED (
    SELECT page_number, place, key, value, CASE jsonb_typeof(value)
      WHEN 'null' THEN false
      WHEN 'object' THEN EXISTS (SELECT FROM jsonb_each(value) AS part WHERE part.value <> 'null')
      ELSE true END AS says
    FROM pages, jsonb_each(CASE jsonb_typeof(fields) WHEN 'object' THEN fields END)
  ), chosen AS (
    SELECT DISTINCT ON (key) key, value, CASE WHEN says THEN to_jsonb(page_number) ELSE 'null' END AS origin
    FROM said WHERE key NOT IN (SELECT key FROM said WHERE jsonb_typeof(value) = 'array')
    ORDER BY key, says DESC, CASE WHEN is_total(key) THEN -place ELSE place END
  ), tables AS (
    SELECT key,
      jsonb_path_query_array(jsonb_agg(value ORDER BY place), '$[*][*]') AS value,
      jsonb_agg(jsonb_build_object('page', page_number, 'lines', jsonb_array_length(value)) ORDER BY place) AS origin
    FROM said WHERE jsonb_typeof(value) = 'array' GROUP BY key
  )
  SELECT jsonb_build_object('fields', jsonb_object_agg(key, value), 'origins', jsonb_object_agg(key, origin))
  FROM (SELECT * FROM chosen UNION ALL SELECT * FROM tables) AS field
$$;

-- What documents of several pages say, once a statement that has changed a page of theirs.
CREATE OR REPLACE FUNCTION keep_documents() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  jobs uuid[];
  changed uuid[];
BEGIN
  IF TG_OP = 'DELETE' THEN
    SELECT array_agg(DISTINCT job_thread_id), array_agg(DISTINCT coalesce(head_id, id)) INTO jobs, changed
    FROM old_rows WHERE place IS NOT NULL;
  ELSE
    SELECT array_agg(DISTINCT later.job_thread_id), array_agg(later.id) INTO jobs, changed
    FROM new_rows AS later JOIN old_rows AS earlier USING (id)
    WHERE (later.version, later.review, later.needs_review, later.storage_uri)
      IS DISTINCT FROM (earlier.version, earlier.review, earlier.needs_review, earlier.storage_uri);
  END IF;
  IF cardinality(jobs) > 0 THEN
    PERFORM settle_documents(jobs, changed);
  END IF;
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER keep_changed_documents AFTER UPDATE ON "Doc"
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT
  EXECUTE FUNCTION keep_documents();

CREATE OR REPLACE TRIGGER keep_gone_documents AFTER DELETE ON "Doc"
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_documents();

-- Which page of how many a page says that it is: "Page 2 of 4", "Page No. 2/4".
CREATE OR REPLACE FUNCTION page_mark(p_text text, OUT page integer, OUT pages integer)
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT mark[1]::integer, mark[2]::integer
  FROM regexp_match(p_text, '\mpage\s*(?:no\.?|number)?\s*[:-]?\s*(\d{1,3})\s*(?:of|/)\s*(\d{1,3})(?!\d)', 'i') AS mark
$$;

-- The pages of the document that a page belongs to, in order; of a page that is a document by itself, that
-- one.
CREATE OR REPLACE FUNCTION pages_of_document(p_doc_id uuid) RETURNS SETOF "Doc"
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  WITH head AS (SELECT coalesce(head_id, id) AS id FROM "Doc" WHERE id = p_doc_id)
  SELECT page.* FROM head JOIN "Doc" AS page ON page.id = head.id OR page.head_id = head.id
  ORDER BY page.place
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

-- The pages that are plainly one document with a page (continuation), in order, its document's included: no
-- more than fifty.
CREATE OR REPLACE FUNCTION proposed_document(doc "Doc") RETURNS uuid[]
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  pages uuid[] := ARRAY(SELECT id FROM pages_of_document(doc.id));
  page "Doc";
  reach constant integer := 50;
BEGIN
  WHILE cardinality(pages) < reach LOOP
    SELECT * INTO page FROM "Doc" WHERE id = pages[1];
    EXIT WHEN continuation(page) IS NULL;
    SELECT * INTO page FROM "Doc"
    WHERE job_thread_id = doc.job_thread_id AND page_number = page.page_number - 1;
    EXIT WHEN page.id IS NULL OR page.id = ANY (pages);
    pages := ARRAY(SELECT id FROM pages_of_document(page.id)) || pages;
  END LOOP;
  WHILE cardinality(pages) < reach LOOP
    SELECT * INTO page FROM "Doc" WHERE id = pages[cardinality(pages)];
    SELECT * INTO page FROM "Doc"
    WHERE job_thread_id = doc.job_thread_id AND page_number = page.page_number + 1;
    EXIT WHEN page.id IS NULL OR page.id = ANY (pages) OR continuation(page) IS NULL;
    pages := pages || ARRAY(SELECT id FROM pages_of_document(page.id));
  END LOOP;
  RETURN pages;
END
$$;

-- Ends a person's claim of a row and of the other pages of its document; of nobody else's.
CREATE OR REPLACE FUNCTION release_doc(p_doc_id uuid, p_actor text) RETURNS void
LANGUAGE sql SECURITY INVOKER SET search_path = public, pg_temp AS $$
  UPDATE "Doc" SET claimed_by = NULL, claimed_until = NULL
  WHERE id IN (SELECT id FROM pages_of_document(p_doc_id)) AND claimed_by = p_actor
$$;

-- Has pages looked at again that were approved or rejected, and says why.
CREATE OR REPLACE FUNCTION reopen_docs(p_doc_ids uuid[], p_reason text) RETURNS void
LANGUAGE sql SECURITY INVOKER SET search_path = public, pg_temp AS $$
  WITH opened AS (
    UPDATE "Doc" SET review = 'to_review', needs_review = true, review_note = p_reason, reviewed_by = NULL,
      reviewed_at = NULL, approved_hash = NULL
    WHERE id = ANY (p_doc_ids) AND review <> 'to_review'
    RETURNING id, user_id, coalesce(corrected_fields, ocr_payload -> 'fields') AS fields
  )
  INSERT INTO "DocDecision" (doc_id, user_id, review, reason, fields, actor)
  SELECT id, user_id, 'to_review', p_reason, fields, 'system' FROM opened
$$;

-- Whoever changes what a row says: its corrections count over what was read, also for telling documents
-- apart, by which a document of several pages goes that its first page stands for; an approval holds as long as what was approved still stands, and a person's word ends the doubt.
CREATE OR REPLACE FUNCTION settle_doc() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  corrected record;
  reason text;
BEGIN
  corrected := corrected_doc(NEW);
  NEW.corrected_fields := CASE WHEN corrected.is_corrected THEN corrected.fields END;
  NEW.conflicts := corrected.conflicts;
  NEW.document_key := CASE WHEN NEW.head_id IS NULL THEN
    document_key(NEW.doc_type, jsonb_build_object('fields', fields_of_document(NEW))) END;
  NEW.picture := picture(NEW.storage_uri);
  NEW.bundle_keys := CASE WHEN NEW.head_id IS NULL THEN bundle_keys(NEW.doc_type, fields_of_document(NEW)) ELSE '{}' END;

  IF OLD.review <> 'to_review' AND NEW.review = OLD.review THEN
    reason := CASE
      WHEN NOT NEW.conflicts <@ OLD.conflicts THEN 'A later reading disagrees with a correction.'
      WHEN NEW.review = 'approved' AND ((NEW.doc_type = 'unknown' AND NEW.head_id IS NULL) OR NEW.error IS NOT NULL
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

-- Works out which pages of jobs are one document (DocPlacement), and what the documents of p_changed pages
-- say. What a person has said of a page counts as long as its image is the one that it was said of; of
-- whoever has seen a document, none has seen it as it is now (version). A document is decided about as a
-- whole: what does not fit together any more is opened again.
CREATE OR REPLACE FUNCTION settle_documents(p_job_ids uuid[], p_changed uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  moved uuid[];
  head "Doc";
  pages uuid[];
  fields jsonb;
  doubtful boolean;
BEGIN
  IF NOT EXISTS (SELECT FROM "DocPlacement" WHERE job_thread_id = ANY (p_job_ids))
    AND NOT EXISTS (SELECT FROM "Doc" WHERE head_id = ANY (p_changed)) THEN
    RETURN;
  END IF;

  WITH standing AS (
    SELECT DISTINCT ON (doc.id) doc.id, doc.page_number, placement.document_id, placement.place
    FROM "Doc" AS doc JOIN "DocPlacement" AS placement
      ON placement.doc_id = doc.id AND placement.page_content = page_content(doc.storage_uri)
    WHERE doc.job_thread_id = ANY (p_job_ids)
    ORDER BY doc.id, placement.doc_version DESC
  ), placed AS (
    SELECT id, first_value(id) OVER document AS head, (row_number() OVER document)::integer AS place,
      count(*) OVER (PARTITION BY document_id) AS pages
    FROM standing WHERE document_id IS NOT NULL
    WINDOW document AS (PARTITION BY document_id ORDER BY place, page_number)
  ), now AS (
    SELECT doc.id, nullif(placed.head, doc.id) AS head_id, placed.place
    FROM "Doc" AS doc LEFT JOIN placed ON placed.id = doc.id AND placed.pages > 1
    WHERE doc.job_thread_id = ANY (p_job_ids)
  ), told AS (
    UPDATE "Doc" AS doc SET head_id = now.head_id, place = now.place, document_fields = NULL,
      version = version + 1
    FROM now WHERE doc.id = now.id AND (doc.head_id, doc.place) IS DISTINCT FROM (now.head_id, now.place)
    RETURNING doc.id
  )
  SELECT coalesce(array_agg(id), '{}') INTO moved FROM told;
  PERFORM reopen_docs(moved, 'It is no longer a page of the document that was decided about.');

  FOR head IN
    SELECT * FROM "Doc" WHERE place = 1 AND id IN (
      SELECT coalesce(head_id, id) FROM "Doc" WHERE id = ANY (p_changed || moved))
    ORDER BY job_thread_id, page_number
  LOOP
    pages := ARRAY(SELECT id FROM pages_of_document(head.id));
    fields := joined_fields(head.id) -> 'fields';
    IF jsonb_typeof(fields) IS DISTINCT FROM 'object' THEN
      fields := NULL;
    END IF;
    IF (SELECT count(DISTINCT review) FROM "Doc" WHERE id = ANY (pages)) > 1 THEN
      PERFORM reopen_docs(pages, 'Another page of its document has to be looked at again.');
    END IF;
    doubtful := (SELECT bool_or(needs_review) FROM "Doc" WHERE id = ANY (pages));
    UPDATE "Doc" SET version = version + 1,
      document_fields = CASE WHEN id = head.id THEN fields END,
      needs_review = needs_review OR (id = head.id AND doubtful)
    WHERE id = ANY (pages) AND EXISTS (
      SELECT FROM "Doc" AS kept WHERE kept.id = head.id
        AND (kept.document_fields IS DISTINCT FROM fields OR kept.needs_review <> doubtful));
  END LOOP;
END
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
    SELECT printed.* FROM "Doc", LATERAL listed_fields(fields_of_document("Doc")) AS printed
    WHERE job_thread_id = job.id AND doc_type <> 'unknown' AND error IS NULL AND head_id IS NULL
    ORDER BY page_number LIMIT 1) AS first ON true
  WHERE listing.job_thread_id = job.id;
END
$$;

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
        'job_id', other.job_thread_id, 'file_name', job.file_name, 'fields', fields_of_document(other))
      FROM "Doc" AS other JOIN "JobThread" AS job ON job.id = other.job_thread_id
      WHERE cardinality(given.keys) > 0 AND other.bundle_keys && given.keys
        AND other.user_id = p_job.user_id AND other.doc_type <> given.doc_type
        AND other.doc_type <> 'unknown' AND other.review <> 'rejected'
        AND CASE WHEN other.job_thread_id = p_job.id
          THEN NOT EXISTS (SELECT FROM given AS again WHERE again.page_number = other.page_number)
          ELSE other.created_at < coalesce((SELECT created_at FROM "Doc"
            WHERE job_thread_id = p_job.id AND page_number = given.page_number), 'infinity') END
        AND CASE given.doc_type WHEN 'bill' THEN is_bundle(given.fields, fields_of_document(other))
          ELSE is_bundle(fields_of_document(other), given.fields) END
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

-- Rows of a run, and the findings of those that look like one document with the page before or after them:
-- whoever approves one by one would pay a part of it. Not where a person has said to which document it
-- belongs.
CREATE OR REPLACE FUNCTION with_continuations(p_job "JobThread", p_docs "Doc"[]) RETURNS "Doc"[]
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
  WITH given AS MATERIALIZED (
    SELECT page AS doc, page.page_number, page.doc_type, page.ocr_payload, EXISTS (
      SELECT FROM "Doc" AS kept JOIN "DocPlacement" AS placement ON placement.doc_id = kept.id
      WHERE kept.job_thread_id = p_job.id AND kept.page_number = page.page_number
        AND placement.page_content = page_content(page.storage_uri)) AS is_placed
    FROM unnest(p_docs) AS page
  ), reasons AS MATERIALIZED (
    SELECT given.page_number, continues_page(coalesce(before.doc_type, kept.doc_type),
      coalesce(before.ocr_payload, kept.ocr_payload), given.doc_type, given.ocr_payload) AS reason
    FROM given
    LEFT JOIN given AS before ON before.page_number = given.page_number - 1
    LEFT JOIN "Doc" AS kept ON kept.job_thread_id = p_job.id AND kept.page_number = given.page_number - 1
      AND before.page_number IS NULL
    WHERE NOT given.is_placed
  ), found AS (
    SELECT page_number, jsonb_build_object('code', 'document.continues', 'path', '', 'severity', 'warning',
      'message', format('It looks like a continuation of page %s. %s', page_number - 1, reason)) AS finding
    FROM reasons WHERE reason IS NOT NULL
    UNION ALL
    SELECT page_number - 1, jsonb_build_object('code', 'document.continued', 'path', '', 'severity', 'warning',
      'message', format('Page %s looks like its continuation.', page_number))
    FROM reasons WHERE reason IS NOT NULL
  )
  SELECT coalesce(array_agg(CASE WHEN findings IS NULL THEN doc ELSE jsonb_populate_record(doc, jsonb_build_object(
    'needs_review', true,
    'ocr_payload', jsonb_set((doc).ocr_payload, '{findings}',
      coalesce((doc).ocr_payload -> 'findings', '[]') || findings))) END ORDER BY page_number), '{}')
  FROM given LEFT JOIN (
    SELECT page_number, jsonb_agg(finding) AS findings FROM found GROUP BY page_number) AS noted USING (page_number)
$$;

REVOKE ALL ON FUNCTION arrange_as_reviewer(uuid,jsonb,jsonb,jsonb,uuid) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION arrange_docs(uuid,jsonb,jsonb,jsonb,text,uuid) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION continuation("Doc") FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION continues_page("DocType",jsonb,"DocType",jsonb) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION document_in_review("Doc") FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION fields_of_document("Doc") FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION in_document(uuid[]) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION is_total(text) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION joined_fields(uuid,uuid,jsonb) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION keep_documents() FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION page_mark(text) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION pages_of_document(uuid) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION proposed_document("Doc") FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION reopen_docs(uuid[],text) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION settle_documents(uuid[],uuid[]) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION with_continuations("JobThread","Doc"[]) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON TABLE "DocPlacement" FROM PUBLIC, anon, authenticated;
CREATE POLICY own_placements ON "DocPlacement" AS PERMISSIVE FOR SELECT TO authenticated
  USING ((user_id = ( SELECT auth.uid() AS uid)));
ALTER TABLE "DocPlacement" ENABLE ROW LEVEL SECURITY;
GRANT EXECUTE ON FUNCTION arrange_as_reviewer(uuid,jsonb,jsonb,jsonb,uuid) TO authenticated;
GRANT SELECT (actor), SELECT (created_at), SELECT (doc_id), SELECT (doc_version), SELECT (document_id), SELECT (id), SELECT (job_thread_id), SELECT (place), SELECT (user_id) ON TABLE "DocPlacement" TO authenticated;
GRANT EXECUTE ON FUNCTION arrange_as_reviewer(uuid,jsonb,jsonb,jsonb,uuid) TO service_role;
GRANT EXECUTE ON FUNCTION arrange_docs(uuid,jsonb,jsonb,jsonb,text,uuid) TO service_role;
GRANT EXECUTE ON FUNCTION continuation("Doc") TO service_role;
GRANT EXECUTE ON FUNCTION continues_page("DocType",jsonb,"DocType",jsonb) TO service_role;
GRANT EXECUTE ON FUNCTION document_in_review("Doc") TO service_role;
GRANT EXECUTE ON FUNCTION fields_of_document("Doc") TO service_role;
GRANT EXECUTE ON FUNCTION in_document(uuid[]) TO service_role;
GRANT EXECUTE ON FUNCTION is_total(text) TO service_role;
GRANT EXECUTE ON FUNCTION joined_fields(uuid,uuid,jsonb) TO service_role;
GRANT EXECUTE ON FUNCTION keep_documents() TO service_role;
GRANT EXECUTE ON FUNCTION page_mark(text) TO service_role;
GRANT EXECUTE ON FUNCTION pages_of_document(uuid) TO service_role;
GRANT EXECUTE ON FUNCTION proposed_document("Doc") TO service_role;
GRANT EXECUTE ON FUNCTION reopen_docs(uuid[],text) TO service_role;
GRANT EXECUTE ON FUNCTION settle_documents(uuid[],uuid[]) TO service_role;
GRANT EXECUTE ON FUNCTION with_continuations("JobThread","Doc"[]) TO service_role;
GRANT DELETE, INSERT, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "DocPlacement" TO service_role;
GRANT SELECT (document_fields), SELECT (head_id), SELECT (place) ON TABLE "Doc" TO authenticated;
