-- Whether an e-way bill's value is a bill's, to the rupee: its total, or what is taxed, which some enter
-- instead. Null where either is not there.
CREATE OR REPLACE FUNCTION is_amount(p_bill jsonb, p_value jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT bool_or(abs(said::numeric - p_value::numeric) <= 1)
  FROM (VALUES (p_bill -> 'grand_total'), (p_bill -> 'taxable_total')) AS amount (said)
  WHERE jsonb_typeof(said) = 'number' AND jsonb_typeof(p_value) = 'number'
$$;
