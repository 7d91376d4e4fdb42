SET LOCAL lock_timeout = '5s';

-- By what a page is plainly the continuation of the one before it, as a sentence; null where it is not. What
-- the pages say of themselves comes first: a reader may take a line's amount for the total of a page that has
-- none. Otherwise two pages with a total each are two documents, and with the same one two copies.
CREATE OR REPLACE FUNCTION continues_page(
  p_before_type "DocType", p_before jsonb, p_type "DocType", p_page jsonb
) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  WITH said AS (
    SELECT which, payload ->> 'text' AS text,
      nullif(regexp_replace(upper(coalesce(fields ->> 'invoice_number', fields ->> 'eway_bill_number')),
        '[^[:alnum:]]', '', 'g'), '') AS number,
      nullif(regexp_replace(upper(coalesce(fields #>> '{seller,gstin}', fields #>> '{supplier,gstin}')),
        '[^[:alnum:]]', '', 'g'), '') AS gstin,
      nullif(regexp_replace(lower(coalesce(fields #>> '{seller,name}', fields #>> '{supplier,name}')),
        '[^[:alnum:]]', '', 'g'), '') AS party,
      coalesce(fields ->> 'grand_total', fields ->> 'value_of_goods') AS total,
      coalesce(fields ->> 'grand_total', fields ->> 'value_of_goods') IS NOT NULL AS has_total,
      coalesce(nullif(coalesce(fields -> 'line_items', fields -> 'goods'), 'null'), '[]') <> '[]' AS has_lines
    FROM (VALUES ('before', p_before), ('page', p_page)) AS each (which, payload),
      LATERAL (SELECT payload -> 'fields' AS fields) AS read
  )
  SELECT CASE
    WHEN p_before_type = 'unknown' OR p_type NOT IN (p_before_type, 'unknown')
      OR before.number <> page.number OR before.gstin <> page.gstin
      OR (before.number = page.number AND before.total = page.total) THEN NULL
    WHEN mark.page = mark_before.page + 1 AND mark.pages = mark_before.pages
      THEN format('It says "Page %s of %s", and the page before says "Page %s of %2$s".', mark.page, mark.pages,
        mark_before.page)
    WHEN mark_before.page = mark_before.pages OR mark.page = 1 THEN NULL
    WHEN right(before.text, 400) ~* '\mcontd\M|\mcont''d|\mcontinued\s*(\.\.|on\M|to\M|overleaf|next|page|in\s+page|\W*$)|\mcarried\s+(over|forward)\M|\mc/f\M'
      THEN 'The page before says that it is continued.'
    WHEN left(page.text, 400) ~* '\mcontinued\s+from\M|\mcontinuation\s+(sheet|of)\M|\mbrought\s+forward\M|\mb/f\M'
      THEN 'It says that it is a continuation.'
    WHEN p_type = 'unknown' OR (before.has_total AND page.has_total) THEN NULL
    WHEN mark.page > 1 AND mark_before.page IS NULL
      THEN format('It says "Page %s of %s".', mark.page, mark.pages)
    WHEN before.number = page.number AND (before.gstin = page.gstin OR before.party = page.party)
      THEN format('It has the number %s of the page before, and the same seller.', page.number)
    WHEN page.number IS NULL AND page.party IS NULL AND page.gstin IS NULL AND page.has_lines AND NOT before.has_total
      THEN 'It has lines without a head, and the page before has no total.'
    WHEN page.number IS NULL AND page.has_total AND NOT page.has_lines AND before.has_lines AND NOT before.has_total
      THEN 'It has the total that the page before lacks.'
    END
  FROM said AS before, LATERAL page_mark(before.text) AS mark_before,
    said AS page, LATERAL page_mark(page.text) AS mark
  WHERE before.which = 'before' AND page.which = 'page'
$$;
