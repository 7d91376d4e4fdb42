-- In what a bill and its e-way bill differ, as findings of one of them.
CREATE OR REPLACE FUNCTION bundle_findings(
  p_type "DocType", p_fields jsonb, p_other jsonb, p_where text
) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('code', 'bundle.' || name, 'severity', 'error',
    'path', '/' || array_to_string(CASE p_type WHEN 'bill' THEN of_bill ELSE of_eway_bill END, '/'),
    'message', format('%s says %s here.', p_where,
      p_other #>> CASE p_type WHEN 'bill' THEN of_eway_bill ELSE of_bill END)) ORDER BY place), '[]')
  FROM (
    SELECT *, bill #>> of_bill AS printed, eway_bill #>> of_eway_bill AS entered
    FROM (
      SELECT CASE p_type WHEN 'bill' THEN p_fields ELSE p_other END AS bill,
        CASE p_type WHEN 'bill' THEN p_other ELSE p_fields END AS eway_bill) AS documents,
      (VALUES
        (1, 'number', ARRAY['invoice_number'], ARRAY['document_number']),
        (2, 'date', ARRAY['invoice_date'], ARRAY['document_date']),
        (3, 'seller', ARRAY['seller', 'gstin'], ARRAY['supplier', 'gstin']),
        (4, 'buyer', ARRAY['buyer', 'gstin'], ARRAY['recipient', 'gstin']),
        (5, 'value', ARRAY['grand_total'], ARRAY['value_of_goods'])
      ) AS pair (place, name, of_bill, of_eway_bill)
  ) AS both_say
  WHERE CASE name
    WHEN 'value' THEN NOT is_amount(bill, eway_bill -> 'value_of_goods')
    ELSE regexp_replace(upper(printed), '[^[:alnum:]]', '', 'g')
      <> regexp_replace(upper(entered), '[^[:alnum:]]', '', 'g') END
    -- URP, unregistered person, is what an e-way bill has in place of a GSTIN.
    AND NOT (name IN ('seller', 'buyer') AND upper(entered) = 'URP')
$$;
