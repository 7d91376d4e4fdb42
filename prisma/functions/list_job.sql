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
