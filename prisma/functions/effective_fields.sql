-- What counts of a row: what was read, with what reviewers have corrected. Also a column that can be
-- asked for by REST (PostgREST, "Computed fields").
CREATE OR REPLACE FUNCTION effective_fields(doc "Doc") RETURNS jsonb
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(doc.corrected_fields, doc.ocr_payload -> 'fields')
$$;
