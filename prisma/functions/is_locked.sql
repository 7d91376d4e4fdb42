-- Whether a run leaves a page as it is: it is approved, of the upload that the run reads, and nobody has
-- said that approved pages are to be read again, too.
CREATE OR REPLACE FUNCTION is_locked(doc "Doc", job "JobThread") RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT doc.review = 'approved' AND doc.object_version IS NOT DISTINCT FROM job.object_version
    AND NOT coalesce((job.replay ->> 'approvedToo')::boolean, false)
$$;
