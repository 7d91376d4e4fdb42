-- What an approval is of: the type, the page and the fields that count.
CREATE OR REPLACE FUNCTION approval_hash(doc "Doc") RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT encode(sha256(convert_to(jsonb_build_array(
    doc.doc_type, page_content(doc.storage_uri), canonical_fields(effective_fields(doc)))::text,
    'UTF8')), 'hex')
$$;
