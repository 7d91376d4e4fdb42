SET LOCAL lock_timeout = '5s';

SET LOCAL check_function_bodies = off;

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
  -- Before the time is taken: an export waits for what was decided before it (export_docs).
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('decide_doc', 0));
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

-- Pages of a type for other programs, with the fields that count: in the order in which it was decided
-- about them, where that is asked for, otherwise in which they were first read. What is after a page that
-- was given before is what has come since: decisions that are under way are waited for, and times are of
-- whole milliseconds, so that none that comes later has an earlier one.
CREATE OR REPLACE FUNCTION export_docs(
  p_doc_type "DocType",
  p_review "ReviewStatus" DEFAULT NULL,
  p_user_id uuid DEFAULT NULL,
  p_after timestamptz DEFAULT NULL,
  p_after_id uuid DEFAULT NULL,
  p_limit integer DEFAULT 500
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
        AND reviewed_at < until
        AND (p_after IS NULL OR (reviewed_at, id) > (p_after, p_after_id))
      ORDER BY reviewed_at, id LIMIT p_limit)
      UNION ALL
      (SELECT id, job_thread_id, page_number, doc_type, review, reviewed_by, created_at AS at,
        needs_review, effective_fields("Doc") AS fields
      FROM "Doc"
      WHERE NOT is_decided AND (p_review IS NULL OR review = p_review) AND doc_type = p_doc_type
        AND error IS NULL AND (p_user_id IS NULL OR user_id = p_user_id)
        AND created_at < until
        AND (p_after IS NULL OR (created_at, id) > (p_after, p_after_id))
      ORDER BY created_at, id LIMIT p_limit)
    ) AS doc JOIN "JobThread" AS job ON job.id = doc.job_thread_id);
END
$$;

REVOKE ALL ON FUNCTION export_docs("DocType","ReviewStatus",uuid,timestamp with time zone,uuid,integer) FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION export_docs("DocType","ReviewStatus",uuid,timestamp with time zone,uuid,integer) TO service_role;
