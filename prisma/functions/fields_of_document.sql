-- What counts of the document that begins with a page: of one page what effective_fields says, of several
-- what all of them say (joined_fields).
CREATE OR REPLACE FUNCTION fields_of_document(doc "Doc") RETURNS jsonb
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(doc.document_fields, effective_fields(doc))
$$;
