-- What a page is found by: its text, the fields that count, and the name of its file.
CREATE OR REPLACE FUNCTION keep_search() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (NEW.ocr_payload, NEW.corrected_fields)
    IS NOT DISTINCT FROM (OLD.ocr_payload, OLD.corrected_fields) THEN
    RETURN NULL; -- It was approved, or moved on, and says what it said.
  END IF;
  INSERT INTO "DocSearch" (doc_id, user_id, words)
  SELECT NEW.id, NEW.user_id, search_words(concat_ws(E'\n', job.file_name,
    NEW.ocr_payload ->> 'text', (
      SELECT string_agg(value #>> '{}', E'\n')
      FROM jsonb_path_query(effective_fields(NEW), 'strict $.** ? (@.type() == "string" || @.type() == "number")') AS value)))
  FROM "JobThread" AS job WHERE job.id = NEW.job_thread_id
  ON CONFLICT (doc_id) DO UPDATE SET words = excluded.words
    WHERE "DocSearch".words <> excluded.words;
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER keep_search AFTER INSERT OR UPDATE OF ocr_payload, version ON "Doc"
  FOR EACH ROW EXECUTE FUNCTION keep_search();
