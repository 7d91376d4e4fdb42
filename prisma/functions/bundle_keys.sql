-- By what a bill and its e-way bill are found for one another: the bill's number, and the e-way bill's,
-- which many bills have on them.
CREATE OR REPLACE FUNCTION bundle_keys(p_type "DocType", p_fields jsonb) RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT array_remove(ARRAY[
    'bill ' || nullif(regexp_replace(upper(p_fields ->> CASE p_type::text
      WHEN 'bill' THEN 'invoice_number' WHEN 'eway_bill' THEN 'document_number' END),
      '[^[:alnum:]]', '', 'g'), ''),
    'eway_bill ' || nullif(regexp_replace(CASE WHEN p_type::text <> 'unknown' THEN
      p_fields ->> 'eway_bill_number' END, '\D', '', 'g'), '')], NULL)
$$;
