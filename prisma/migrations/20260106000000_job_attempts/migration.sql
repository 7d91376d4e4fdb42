-- Every run that a job was granted: JobThread itself knows the last one alone.

CREATE TABLE "JobAttempt" (
    "job_thread_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "user_id" UUID NOT NULL,
    "execution" TEXT NOT NULL,
    "replay" JSONB,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "error" TEXT,
    "reason" TEXT,

    CONSTRAINT "JobAttempt_pkey" PRIMARY KEY ("job_thread_id","attempt")
);

CREATE INDEX "JobAttempt_user_id_idx" ON "JobAttempt"("user_id");

ALTER TABLE "JobAttempt" ADD CONSTRAINT "JobAttempt_job_thread_id_fkey" FOREIGN KEY ("job_thread_id") REFERENCES "JobThread"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Whatever starts or ends a run changes its job's row, and is seen here.
CREATE FUNCTION keep_job_attempt() RETURNS trigger
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
      ended_at = clock_timestamp(), outcome = NEW.status, error = NEW.error,
      reason = coalesce(NEW.error_message, NEW.waiting_reason)
      WHERE job_thread_id = NEW.id AND attempt = NEW.attempt;
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER keep_job_attempt AFTER UPDATE OF status, attempt ON "JobThread"
  FOR EACH ROW EXECUTE FUNCTION keep_job_attempt();

ALTER TABLE "JobAttempt" ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON "JobAttempt" FROM anon, authenticated;
GRANT SELECT ON "JobAttempt" TO authenticated;
GRANT SELECT, INSERT, UPDATE, DELETE ON "JobAttempt" TO service_role;
CREATE POLICY own_attempts ON "JobAttempt" FOR SELECT TO authenticated
  USING (user_id = (SELECT auth.uid()));

REVOKE EXECUTE ON FUNCTION keep_job_attempt() FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION keep_job_attempt() TO service_role;
