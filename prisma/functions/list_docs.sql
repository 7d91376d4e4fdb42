-- What the list says of a job's pages, once a statement that has changed them. That somebody has opened
-- a page changes nothing.
CREATE OR REPLACE FUNCTION list_docs() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  changed uuid[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    changed := ARRAY(SELECT DISTINCT job_thread_id FROM new_rows);
  ELSIF TG_OP = 'DELETE' THEN
    changed := ARRAY(SELECT DISTINCT job_thread_id FROM old_rows);
  ELSE
    changed := ARRAY(SELECT DISTINCT later.job_thread_id FROM new_rows AS later JOIN old_rows AS earlier USING (id)
      WHERE (later.version, later.review, later.needs_review, later.doc_type, later.error)
        IS DISTINCT FROM (earlier.version, earlier.review, earlier.needs_review, earlier.doc_type, earlier.error));
  END IF;
  IF cardinality(changed) > 0 THEN
    PERFORM sum_up_jobs(changed);
  END IF;
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER list_new_docs AFTER INSERT ON "Doc"
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION list_docs();

CREATE OR REPLACE TRIGGER list_changed_docs AFTER UPDATE ON "Doc"
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT
  EXECUTE FUNCTION list_docs();

CREATE OR REPLACE TRIGGER list_gone_docs AFTER DELETE ON "Doc"
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION list_docs();
