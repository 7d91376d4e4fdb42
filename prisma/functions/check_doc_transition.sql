-- A draft that was made is never taken back, whoever writes.
CREATE OR REPLACE FUNCTION check_doc_transition() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'doc % can not go from % to %', OLD.id, OLD.status, NEW.status
    USING ERRCODE = 'BS004';
END
$$;

CREATE OR REPLACE TRIGGER check_doc_transition BEFORE UPDATE OF status ON "Doc"
  FOR EACH ROW WHEN (OLD.status = 'draft_created' AND NEW.status <> 'draft_created')
  EXECUTE FUNCTION check_doc_transition();
