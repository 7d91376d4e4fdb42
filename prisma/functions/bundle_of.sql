-- The bill of an e-way bill, or the e-way bills of a bill, among what its user has uploaded: the first
-- three.
CREATE OR REPLACE FUNCTION bundle_of(doc "Doc") RETURNS SETOF "Doc"
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT other.* FROM "Doc" AS other
  WHERE other.bundle_keys && doc.bundle_keys AND other.user_id = doc.user_id
    AND other.doc_type <> doc.doc_type AND other.doc_type <> 'unknown' AND doc.doc_type <> 'unknown'
    AND other.review <> 'rejected' AND CASE doc.doc_type
      WHEN 'bill' THEN is_bundle(fields_of_document(doc), fields_of_document(other))
      ELSE is_bundle(fields_of_document(other), fields_of_document(doc)) END
  ORDER BY other.job_thread_id <> doc.job_thread_id, other.created_at, other.page_number LIMIT 3
$$;
