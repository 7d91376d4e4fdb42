-- Notes how far a run is, for whoever watches. Noting the same pages twice changes nothing.
CREATE OR REPLACE FUNCTION record_progress(
  p_job_id uuid,
  p_token text,
  p_page_count integer DEFAULT NULL,
  p_classified integer[] DEFAULT '{}',
  p_read integer[] DEFAULT '{}'
) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  job "JobThread" := hold_job(p_job_id, p_token);
BEGIN
  IF job.status <> 'processing' THEN
    RETURN; -- A straggler after the end.
  END IF;
  UPDATE "JobThread" SET
    page_count = coalesce(p_page_count, page_count),
    classified_pages = ARRAY(
      SELECT DISTINCT page FROM unnest(classified_pages || p_classified) AS page ORDER BY page),
    read_pages = ARRAY(SELECT DISTINCT page FROM unnest(read_pages || p_read) AS page ORDER BY page)
  WHERE id = p_job_id;
END
$$;
