-- Whoever ends a job, in whatever way, tells of it. What stands on its pages is not told.
CREATE OR REPLACE FUNCTION note_job_event() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO "OutboxEvent" (type, data, happened_at, due_at)
  SELECT CASE NEW.status WHEN 'processed' THEN 'job.processed' ELSE 'job.failed' END,
    jsonb_build_object('job_id', NEW.id, 'user_id', NEW.user_id, 'status', NEW.status, 'attempt', NEW.attempt,
      'pages', count(*), 'to_review', count(*) FILTER (WHERE needs_review),
      'unread', count(*) FILTER (WHERE error IS NOT NULL), 'error', NEW.error),
    clock_timestamp(), clock_timestamp()
  FROM "Doc" WHERE job_thread_id = NEW.id;
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER note_job_event AFTER UPDATE OF status ON "JobThread"
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status AND NEW.status IN ('processed', 'error'))
  EXECUTE FUNCTION note_job_event();
