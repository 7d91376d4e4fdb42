-- Which rows of JobListing a filter leaves, as a condition in SQL that has its values in it: so the plan
-- is made for them. Of the filter's members all that are there count: text, status, type, user, since,
-- until (times), which (to_review, flagged, approved, duplicate), jobs (ids).
CREATE OR REPLACE FUNCTION listing_condition(p_filter jsonb) RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT concat_ws(' AND ', 'true',
    'status = ' || quote_literal(p_filter ->> 'status') || '::"JobStatus"',
    'doc_types @> ARRAY[' || quote_literal(p_filter ->> 'type') || ']::"DocType"[]',
    'user_id = ' || quote_literal(p_filter ->> 'user') || '::uuid',
    'created_at >= ' || quote_literal(p_filter ->> 'since') || '::timestamptz',
    'created_at < ' || quote_literal(p_filter ->> 'until') || '::timestamptz',
    CASE p_filter ->> 'which' WHEN 'to_review' THEN 'to_review > 0' WHEN 'flagged' THEN 'flagged > 0'
      WHEN 'approved' THEN 'approved > 0' WHEN 'duplicate' THEN 'duplicates > 0' END,
    'job_thread_id = ANY (' || quote_literal((
      SELECT array_agg(id) FROM jsonb_array_elements_text(p_filter -> 'jobs') AS id)::text) || '::uuid[])',
    'job_thread_id = ANY (' || quote_literal(
      found_jobs(p_filter ->> 'text', (p_filter ->> 'user')::uuid)::text) || '::uuid[])')
$$;
