-- Adds up what operating_figures says of pages, once a statement (see note_job_figures).
CREATE OR REPLACE FUNCTION note_doc_figures() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO "FigureChange" (figure, count)
    SELECT figure, sum(count)
    FROM new_rows, doc_figures(new_rows.doc_type, new_rows.error, new_rows.needs_review)
    GROUP BY figure;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO "FigureChange" (figure, count)
    SELECT figure, -sum(count)
    FROM old_rows, doc_figures(old_rows.doc_type, old_rows.error, old_rows.needs_review)
    GROUP BY figure;
  END IF;
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER note_new_doc_figures AFTER INSERT ON "Doc"
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_doc_figures();

CREATE OR REPLACE TRIGGER note_changed_doc_figures AFTER UPDATE ON "Doc"
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT
  EXECUTE FUNCTION note_doc_figures();

CREATE OR REPLACE TRIGGER note_gone_doc_figures AFTER DELETE ON "Doc"
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION note_doc_figures();
