-- Where the other document of a bundle is, for a sentence.
CREATE OR REPLACE FUNCTION bundle_place(
  p_type "DocType", p_page integer, p_file text, p_job_id uuid, p_own_job_id uuid
) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT format('The %s on page %s', CASE p_type WHEN 'bill' THEN 'bill' ELSE 'e-way bill' END, p_page)
    || CASE WHEN p_job_id = p_own_job_id THEN '' ELSE
      format(' of %s (job %s)', coalesce('"' || p_file || '"', 'another file'), left(p_job_id::text, 8)) END
$$;
