-- Whoever decides of a page, a person or a reading that says something else than what was approved
-- (settle_doc), tells of it, and which document it is a page of. What stands on the page is not told, nor
-- who has decided.
CREATE OR REPLACE FUNCTION note_doc_event() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO "OutboxEvent" (type, data, happened_at, due_at)
  SELECT CASE NEW.review WHEN 'to_review' THEN 'doc.reopened' ELSE 'doc.' || NEW.review END,
    jsonb_build_object('doc_id', id, 'job_id', job_thread_id, 'user_id', user_id,
      'page_number', page_number, 'doc_type', doc_type, 'review', NEW.review,
      'head_id', coalesce(head_id, id),
      'pages', (SELECT jsonb_agg(page.page_number) FROM pages_of_document(NEW.doc_id) AS page)),
    clock_timestamp(), clock_timestamp()
  FROM "Doc" WHERE id = NEW.doc_id;
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER note_doc_event AFTER INSERT ON "DocDecision"
  FOR EACH ROW EXECUTE FUNCTION note_doc_event();
