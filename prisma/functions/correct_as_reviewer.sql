-- correct_doc of a reviewer's own page, by their own token. Nobody has held the values against the schema
-- that the page was read by: it is done here, of the page as it would be.
CREATE OR REPLACE FUNCTION correct_as_reviewer(
  p_doc_id uuid,
  p_version integer,
  p_changes jsonb,
  p_change_id uuid
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  corrected jsonb := correct_doc(p_doc_id, p_version, p_changes, reviewer_of(p_doc_id), p_change_id);
  schema jsonb;
BEGIN
  SELECT known.schema INTO schema
  FROM "Doc" JOIN "DocTypeSchema" AS known
    ON known.doc_type = "Doc".doc_type AND known.version = "Doc".schema_version
  WHERE "Doc".id = p_doc_id;
  IF schema IS NOT NULL AND jsonb_typeof(corrected -> 'fields') = 'object'
    AND NOT fits_schema(schema, schema, corrected -> 'fields') THEN
    RAISE EXCEPTION 'A field of this page can''t have that value: numbers are numbers, dates are like 2026-01-31.'
      USING ERRCODE = 'BS005';
  END IF;
  RETURN seen_by_reviewer(corrected);
END
$$;
