-- What documents of several pages say, once a statement that has changed a page of theirs.
CREATE OR REPLACE FUNCTION keep_documents() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  jobs uuid[];
  changed uuid[];
BEGIN
  IF TG_OP = 'DELETE' THEN
    SELECT array_agg(DISTINCT job_thread_id), array_agg(DISTINCT coalesce(head_id, id)) INTO jobs, changed
    FROM old_rows WHERE place IS NOT NULL;
  ELSE
    SELECT array_agg(DISTINCT later.job_thread_id), array_agg(later.id) INTO jobs, changed
    FROM new_rows AS later JOIN old_rows AS earlier USING (id)
    WHERE (later.version, later.review, later.needs_review, later.storage_uri)
      IS DISTINCT FROM (earlier.version, earlier.review, earlier.needs_review, earlier.storage_uri);
  END IF;
  IF cardinality(jobs) > 0 THEN
    PERFORM settle_documents(jobs, changed);
  END IF;
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER keep_changed_documents AFTER UPDATE ON "Doc"
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT
  EXECUTE FUNCTION keep_documents();

CREATE OR REPLACE TRIGGER keep_gone_documents AFTER DELETE ON "Doc"
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_documents();
