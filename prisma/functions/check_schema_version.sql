-- A version of a schema says the same for ever; one version of a type is active.
CREATE OR REPLACE FUNCTION check_schema_version() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF EXISTS (SELECT FROM "Doc" WHERE doc_type = OLD.doc_type AND schema_version = OLD.version) THEN
      RAISE EXCEPTION 'version % of % is used by docs', OLD.version, OLD.doc_type
        USING ERRCODE = 'BS006';
    END IF;
    RETURN OLD;
  END IF;
  IF TG_OP = 'UPDATE' AND (OLD.doc_type, OLD.version, OLD.schema::text, OLD.prompt, OLD.prompt_version)
    IS DISTINCT FROM (NEW.doc_type, NEW.version, NEW.schema::text, NEW.prompt, NEW.prompt_version)
  THEN
    RAISE EXCEPTION 'version % of % can not change: add another version', OLD.version, OLD.doc_type
      USING ERRCODE = 'BS006';
  END IF;
  IF NEW.active AND EXISTS (
    SELECT FROM "DocTypeSchema"
    WHERE doc_type = NEW.doc_type AND version <> NEW.version AND active)
  THEN
    RAISE EXCEPTION 'another version of % is active: call activate_schema', NEW.doc_type
      USING ERRCODE = 'BS006';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER check_schema_version BEFORE INSERT OR UPDATE OR DELETE ON "DocTypeSchema"
  FOR EACH ROW EXECUTE FUNCTION check_schema_version();
