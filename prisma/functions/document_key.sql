-- What tells a document from all others: of a bill its seller, number and year, of an e-way bill its
-- number. A seller's invoice numbers are unique for a financial year, which begins in April (rule 46(b)
-- of the CGST Rules, 2017), and so are those of credit and debit notes (rule 53). Null where the page
-- does not say it. Signs between the digits of a number are printed one way and read another.
CREATE OR REPLACE FUNCTION document_key(p_type "DocType", p_payload jsonb) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT CASE p_type::text
    WHEN 'eway_bill' THEN 'eway_bill ' || nullif(regexp_replace(fields ->> 'eway_bill_number', '\D', '', 'g'), '')
    WHEN 'bill' THEN (
      SELECT concat_ws(' ', kind, seller, year, number)
      FROM (
        SELECT
          CASE
            WHEN fields ->> 'document_title' ~* '\mcredit' THEN 'credit_note'
            WHEN fields ->> 'document_title' ~* '\mdebit' THEN 'debit_note'
            ELSE 'bill'
          END AS kind,
          coalesce(
            nullif(regexp_replace(upper(fields #>> '{seller,gstin}'), '[^A-Z0-9]', '', 'g'), ''),
            nullif(regexp_replace(lower(fields #>> '{seller,name}'), '[^[:alnum:]]', '', 'g'), '')
          ) AS seller,
          nullif(regexp_replace(upper(fields ->> 'invoice_number'), '[^[:alnum:]]', '', 'g'), '') AS number,
          substring(fields ->> 'invoice_date' FROM '^(\d{4})-\d{2}-\d{2}$')::integer
            - (substring(fields ->> 'invoice_date' FROM '^\d{4}-(\d{2})-\d{2}$') < '04')::integer AS year
      ) AS printed
      WHERE seller IS NOT NULL AND number IS NOT NULL AND year IS NOT NULL
    )
  END
  FROM (SELECT p_payload -> 'fields' AS fields) AS payload
$$;
