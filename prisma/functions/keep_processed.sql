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
