-- Whether a bill and an e-way bill are of one consignment: each names the other, or they name the same
-- bill of the same seller, or the same bill of the same day with the same value. Numbers alone are those
-- of other sellers as well.
CREATE OR REPLACE FUNCTION is_bundle(p_bill jsonb, p_eway_bill jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(
    (bill && ARRAY(SELECT key FROM unnest(eway_bill) AS key WHERE key LIKE 'eway_bill %'))
    OR (bill && eway_bill AND (
      upper(p_bill #>> '{seller,gstin}') = upper(p_eway_bill #>> '{supplier,gstin}')
      OR (p_bill ->> 'invoice_date' = p_eway_bill ->> 'document_date'
        AND is_amount(p_bill, p_eway_bill -> 'value_of_goods')))), false)
  FROM (SELECT bundle_keys('bill', p_bill) AS bill, bundle_keys('eway_bill', p_eway_bill) AS eway_bill) AS keys
$$;
