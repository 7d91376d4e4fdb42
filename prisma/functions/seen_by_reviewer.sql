-- What doc_for_review says, as far as users may know it.
CREATE OR REPLACE FUNCTION seen_by_reviewer(reviewed jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT jsonb_set(reviewed, '{doc}',
    (reviewed -> 'doc') - ARRAY['storage_uri', 'object_version', 'approved_hash'])
$$;
