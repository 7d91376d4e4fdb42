-- What lists show of a page's fields, whatever kind of document it is.
CREATE OR REPLACE FUNCTION listed_fields(
  p_fields jsonb, OUT number text, OUT date text, OUT party text, OUT gstin text, OUT amount numeric
)
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(p_fields ->> 'invoice_number', p_fields ->> 'eway_bill_number'),
    coalesce(p_fields ->> 'invoice_date', left(p_fields ->> 'generated_at', 10)),
    coalesce(p_fields #>> '{seller,name}', p_fields #>> '{supplier,name}'),
    coalesce(p_fields #>> '{seller,gstin}', p_fields #>> '{supplier,gstin}'),
    CASE WHEN jsonb_typeof(said) = 'number' THEN said::numeric END
  FROM (SELECT coalesce(p_fields -> 'grand_total', p_fields -> 'value_of_goods')) AS amount (said)
$$;
