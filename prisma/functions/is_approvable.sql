-- Whether a page, with those of its document, can be approved without a look at it: nothing is known
-- against it.
CREATE OR REPLACE FUNCTION is_approvable(doc "Doc") RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT doc.review = 'to_review' AND NOT doc.needs_review AND doc.doc_type <> 'unknown' AND doc.error IS NULL
    AND doc.head_id IS NULL
$$;
