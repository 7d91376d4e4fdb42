-- What a row says, for telling whether another says the same: all of it but whose it is, of which
-- upload, since when, what follows from the rest, and what reviewers and later phases make of it.
CREATE OR REPLACE FUNCTION doc_content(doc "Doc") RETURNS jsonb
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT to_jsonb(doc) - ARRAY[
    'id', 'job_thread_id', 'user_id', 'page_number', 'status', 'needs_review',
    'object_version', 'created_at', 'updated_at', 'document_key', 'picture', 'bundle_keys',
    'corrected_fields', 'conflicts', 'review', 'reviewed_by', 'reviewed_at', 'review_note',
    'approved_hash', 'version', 'claimed_by', 'claimed_until',
    'head_id', 'place', 'document_fields']
$$;
