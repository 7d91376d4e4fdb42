-- Which page of how many a page says that it is: "Page 2 of 4", "Page No. 2/4".
CREATE OR REPLACE FUNCTION page_mark(p_text text, OUT page integer, OUT pages integer)
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT mark[1]::integer, mark[2]::integer
  FROM regexp_match(p_text, '\mpage\s*(?:no\.?|number)?\s*[:-]?\s*(\d{1,3})\s*(?:of|/)\s*(\d{1,3})(?!\d)', 'i') AS mark
$$;
