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
