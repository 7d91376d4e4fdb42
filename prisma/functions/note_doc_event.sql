-- Whoever decides of a page, a person or a reading that says something else than what was approved
-- (settle_doc), tells of it. What stands on the page is not told, nor who has decided.
CREATE OR REPLACE FUNCTION note_doc_event() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO "OutboxEvent" (type, data, happened_at, due_at)
  SELECT CASE NEW.review WHEN 'to_review' THEN 'doc.reopened' ELSE 'doc.' || NEW.review END,
    jsonb_build_object('doc_id', id, 'job_id', job_thread_id, 'user_id', user_id,
      'page_number', page_number, 'doc_type', doc_type, 'review', NEW.review),
    clock_timestamp(), clock_timestamp()
  FROM "Doc" WHERE id = NEW.doc_id;
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER note_doc_event AFTER INSERT ON "DocDecision"
  FOR EACH ROW EXECUTE FUNCTION note_doc_event();
