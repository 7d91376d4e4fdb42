-- Which status of a job may follow which. A processed or failed job is processed again by a new
-- version of its upload, a retry or a replay. One that waits for its model is neither failed nor
-- worked on.
CREATE OR REPLACE FUNCTION check_job_transition() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (OLD.status, NEW.status) NOT IN (
    ('uploaded', 'processing'), ('uploaded', 'waiting'), ('uploaded', 'error'),
    ('processing', 'processed'), ('processing', 'waiting'), ('processing', 'error'),
    ('waiting', 'processing'), ('waiting', 'error'),
    ('processed', 'processing'), ('processed', 'waiting'),
    ('error', 'processing'), ('error', 'waiting')
  ) THEN
    RAISE EXCEPTION 'job % can not go from % to %', OLD.id, OLD.status, NEW.status
      USING ERRCODE = 'BS004';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER check_job_transition BEFORE UPDATE OF status ON "JobThread"
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status)
  EXECUTE FUNCTION check_job_transition();
