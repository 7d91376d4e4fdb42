-- Adds up what operating_figures says of jobs. Every writer adds rows of its own: a row for each
-- figure would be what all of them wait for. collapse_figures puts them together.
CREATE OR REPLACE FUNCTION note_job_figures() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO "FigureChange" (figure, count)
  SELECT figure, sum(count) FROM (
    SELECT job_figures.* FROM job_figures(NEW.status, NEW.error, NEW.attempt, NEW.cache_hits)
      WHERE TG_OP <> 'DELETE'
    UNION ALL
    SELECT figure, -count FROM job_figures(OLD.status, OLD.error, OLD.attempt, OLD.cache_hits)
      WHERE TG_OP <> 'INSERT') AS changes
  GROUP BY figure HAVING sum(count) <> 0;
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER note_job_figures AFTER INSERT OR DELETE ON "JobThread"
  FOR EACH ROW EXECUTE FUNCTION note_job_figures();

-- Not for every page that is noted.
CREATE OR REPLACE TRIGGER note_changed_job_figures
  AFTER UPDATE OF status, error, attempt, cache_hits ON "JobThread"
  FOR EACH ROW WHEN ((OLD.status, OLD.error, OLD.attempt, OLD.cache_hits)
    IS DISTINCT FROM (NEW.status, NEW.error, NEW.attempt, NEW.cache_hits))
  EXECUTE FUNCTION note_job_figures();
