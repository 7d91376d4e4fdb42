-- Who may see and do what. A user sees their own rows, and writes none but by a function; the service
-- role does the work. Nothing is allowed that is not said here: a Supabase project gives every new
-- table and function to all of its roles.

-- Tables ----------------------------------------------------------------------------------------

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM anon, authenticated;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO service_role;

ALTER TABLE "BreakerEvent" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "Doc" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "DocCorrection" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "DocDecision" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "DocPlacement" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "DocRevision" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "DocSearch" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "DocTypeSchema" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "Figure" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "FigureChange" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "JobAttempt" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "JobDeletion" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "JobListing" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "JobThread" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "ModelBreaker" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "ModelCall" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "OutboxEvent" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "Settings" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "SettingsRevision" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "StagedDoc" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "SweepRound" ENABLE ROW LEVEL SECURITY;

-- Of their rows users see what is theirs to know: neither the fencing token, nor which execution of
-- which account has read the upload, nor where in which bucket it and its pages are.
GRANT SELECT (
  id, user_id, status, file_name, error, error_message, started_at, completed_at, failed_at,
  created_at, updated_at, attempt, replay, waiting_since, waiting_for, waiting_reason, resume_at, questions_sent_at,
  model_calls, input_tokens, output_tokens, cost_usd, cache_hits, page_count, classified_pages,
  read_pages
) ON "JobThread" TO authenticated;
GRANT SELECT (
  job_thread_id, attempt, user_id, replay, started_at, ended_at, outcome, error, reason
) ON "JobAttempt" TO authenticated;
GRANT SELECT (
  id, job_thread_id, user_id, page_number, doc_type, status, ocr_payload, schema_version, model_id,
  prompt_version, confidence, error, needs_review, created_at, updated_at, corrected_fields, conflicts,
  review, reviewed_by, reviewed_at, review_note, version, claimed_by, claimed_until, document_key, picture,
  head_id, place, document_fields
) ON "Doc" TO authenticated;
GRANT SELECT (
  id, doc_id, user_id, doc_type, path, base, old, new, withdrawn, actor, doc_version, position, created_at
) ON "DocCorrection" TO authenticated;
GRANT SELECT (
  id, doc_id, job_thread_id, user_id, document_id, place, actor, doc_version, created_at
) ON "DocPlacement" TO authenticated;
GRANT SELECT (
  id, doc_id, user_id, review, reason, fields, actor, created_at
) ON "DocDecision" TO authenticated;
GRANT SELECT (
  id, doc_id, user_id, doc_type, ocr_payload, schema_version, model_id, prompt_version, confidence,
  error, written_at, replaced_at
) ON "DocRevision" TO authenticated;
GRANT SELECT ON "ModelCall" TO authenticated;
GRANT SELECT ON "JobDeletion" TO authenticated;
-- By which pages were read is nobody's secret; what the model is told is.
GRANT SELECT (doc_type, version, schema, prompt_version, active) ON "DocTypeSchema" TO authenticated;

-- Prisma's list of migrations, where it has applied them.
DO $$
BEGIN
  IF to_regclass('public._prisma_migrations') IS NOT NULL THEN
    REVOKE ALL ON "_prisma_migrations" FROM PUBLIC, anon, authenticated;
    ALTER TABLE "_prisma_migrations" ENABLE ROW LEVEL SECURITY;
  END IF;
END
$$;

CREATE POLICY own_jobs ON "JobThread" FOR SELECT TO authenticated
  USING (user_id = (SELECT auth.uid()));
CREATE POLICY own_attempts ON "JobAttempt" FOR SELECT TO authenticated
  USING (user_id = (SELECT auth.uid()));
CREATE POLICY own_docs ON "Doc" FOR SELECT TO authenticated
  USING (user_id = (SELECT auth.uid()));
CREATE POLICY own_revisions ON "DocRevision" FOR SELECT TO authenticated
  USING (user_id = (SELECT auth.uid()));
CREATE POLICY own_corrections ON "DocCorrection" FOR SELECT TO authenticated
  USING (user_id = (SELECT auth.uid()));
CREATE POLICY own_decisions ON "DocDecision" FOR SELECT TO authenticated
  USING (user_id = (SELECT auth.uid()));
CREATE POLICY own_placements ON "DocPlacement" FOR SELECT TO authenticated
  USING (user_id = (SELECT auth.uid()));
CREATE POLICY own_deletions ON "JobDeletion" FOR SELECT TO authenticated
  USING (user_id = (SELECT auth.uid()));
CREATE POLICY every_schema ON "DocTypeSchema" FOR SELECT TO authenticated
  USING (true);
CREATE POLICY own_calls ON "ModelCall" FOR SELECT TO authenticated
  USING (user_id = (SELECT auth.uid()));

-- Functions: those below are called by the service role, under /rpc or by one another ---------------

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION
  abandoned_questions,
  activate_schema,
  approvable_docs,
  approval_hash,
  arrange_docs,
  asking_user,
  bundle_findings,
  bundle_keys,
  bundle_of,
  bundle_place,
  bundled,
  canonical_fields,
  check_own_page,
  check_replayed_pages,
  claim_doc,
  claim_job,
  collapse_figures,
  control_breaker,
  continuation,
  continues_page,
  correct_doc,
  corrected_doc,
  corrected_types,
  count_listed,
  count_piles,
  decide_doc,
  delete_job,
  doc_content,
  doc_figures,
  doc_for_review,
  document_in_review,
  document_key,
  effective_fields,
  export_docs,
  fail_job,
  fail_overdue_jobs,
  fail_unstarted_job,
  fields_of_document,
  find_docs,
  forget_questions,
  found_jobs,
  granted,
  has_died_often,
  hold_doc,
  hold_job,
  hold_sweep,
  in_document,
  is_amount,
  is_approvable,
  is_bundle,
  is_duplicate,
  is_locked,
  is_table,
  is_total,
  job_figures,
  joined_fields,
  keep_job_attempt,
  keep_sent_questions,
  keyed_fields,
  keyed_lines,
  leave_sweep,
  list_jobs,
  list_pile,
  listed_fields,
  listed_jobs,
  listed_users,
  listing_condition,
  move_sweep,
  note_breaker,
  operating_figures,
  own_filter,
  page_content,
  page_mark,
  pages_of_document,
  park_job,
  persist_docs,
  picture,
  pile_of,
  proposed_document,
  record_calls,
  record_progress,
  release_doc,
  reopen_docs,
  restartable_jobs,
  resume_jobs,
  retry_events,
  said,
  search_query,
  search_words,
  settle_documents,
  settle_event,
  settle_sent_questions,
  stage_docs,
  standing_corrections,
  sum_up_jobs,
  sweep_history,
  take_events,
  unanswered_calls,
  unreferenced_images,
  with_bundles,
  with_continuations,
  with_duplicate
  TO service_role;

-- Users look at their own rows by these with their own token, and reviewers do with their own pages what
-- they do, each by the name that their token says (reviewer_of). They run as their owner: what they call is
-- nobody's to call.
GRANT EXECUTE ON FUNCTION
  approvable_docs_as_user,
  arrange_as_reviewer,
  claim_as_reviewer,
  correct_as_reviewer,
  count_listed_as_user,
  count_piles_as_user,
  decide_as_reviewer,
  doc_as_reviewer,
  export_docs_as_user,
  joined_fields_as_user,
  list_jobs_as_user,
  list_pile_as_user,
  release_as_reviewer
  TO authenticated;
