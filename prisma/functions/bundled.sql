-- The other documents of a page's bundle (bundle_of), for lists.
CREATE OR REPLACE FUNCTION bundled(p_doc_id uuid) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('id', other.id, 'job_id', other.job_thread_id,
    'page_number', other.page_number, 'doc_type', other.doc_type)), '[]')
  FROM "Doc" AS doc, LATERAL bundle_of(doc) AS other WHERE doc.id = p_doc_id
$$;
