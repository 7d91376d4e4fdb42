-- Whether a field is said at the end of a document, where the last page counts and not the first.
CREATE OR REPLACE FUNCTION is_total(p_field text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT p_field LIKE '%\_total' OR p_field IN ('round_off', 'amount_in_words', 'value_of_goods')
$$;
