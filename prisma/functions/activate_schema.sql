-- New jobs are read by this version from now on.
CREATE OR REPLACE FUNCTION activate_schema(p_doc_type "DocType", p_version integer) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM FROM "DocTypeSchema" WHERE doc_type = p_doc_type FOR UPDATE;
  IF NOT EXISTS (
    SELECT FROM "DocTypeSchema" WHERE doc_type = p_doc_type AND version = p_version)
  THEN
    RAISE EXCEPTION 'there is no version % of %', p_version, p_doc_type USING ERRCODE = 'BS006';
  END IF;
  UPDATE "DocTypeSchema" SET active = false
    WHERE doc_type = p_doc_type AND active AND version <> p_version;
  UPDATE "DocTypeSchema" SET active = true WHERE doc_type = p_doc_type AND version = p_version;
END
$$;
