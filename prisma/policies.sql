-- Who may see and do what. A user sees their own rows and writes none; the service role does the
-- work. Nothing is allowed that is not said here: many Supabase projects give every new table and
-- function to all of its roles.

-- Tables ----------------------------------------------------------------------------------------

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM anon, authenticated;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO service_role;

ALTER TABLE "BreakerEvent" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "Doc" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "DocRevision" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "DocTypeSchema" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "JobAttempt" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "JobThread" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "ModelBreaker" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "ModelCall" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "Settings" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "SettingsRevision" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "StagedDoc" ENABLE ROW LEVEL SECURITY;

GRANT SELECT ON "JobThread", "JobAttempt", "Doc", "DocRevision", "ModelCall" TO authenticated;

CREATE POLICY own_jobs ON "JobThread" FOR SELECT TO authenticated
  USING (user_id = (SELECT auth.uid()));
CREATE POLICY own_attempts ON "JobAttempt" FOR SELECT TO authenticated
  USING (user_id = (SELECT auth.uid()));
CREATE POLICY own_docs ON "Doc" FOR SELECT TO authenticated
  USING (user_id = (SELECT auth.uid()));
CREATE POLICY own_revisions ON "DocRevision" FOR SELECT TO authenticated
  USING (user_id = (SELECT auth.uid()));
CREATE POLICY own_calls ON "ModelCall" FOR SELECT TO authenticated
  USING (user_id = (SELECT auth.uid()));

-- Functions: those below are called by the service role, under /rpc or by one another ---------------

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION
  activate_schema,
  check_replayed_pages,
  claim_job,
  control_breaker,
  doc_content,
  fail_job,
  fail_overdue_jobs,
  fail_unstarted_job,
  granted,
  has_died_often,
  hold_job,
  keep_job_attempt,
  note_breaker,
  operating_figures,
  park_job,
  persist_docs,
  record_calls,
  record_progress,
  restartable_jobs,
  resume_jobs,
  stage_docs,
  unanswered_calls
  TO service_role;
