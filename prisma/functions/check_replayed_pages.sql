-- Single pages can be read again once every page has its row, and each is of the upload that is read
-- again; otherwise the job would end as processed with rows missing, or with rows of two documents.
CREATE OR REPLACE FUNCTION check_replayed_pages(job "JobThread", p_pages jsonb) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  rows integer;
BEGIN
  IF coalesce(jsonb_array_length(p_pages), 0) = 0 THEN
    RETURN;
  END IF;
  SELECT count(*) INTO rows FROM "Doc" WHERE job_thread_id = job.id;
  IF job.page_count IS NULL OR rows <> job.page_count THEN
    RAISE EXCEPTION 'not all of its pages have been read yet; leave out the pages'
      USING ERRCODE = 'BS005';
  END IF;
  IF EXISTS (
    SELECT FROM "Doc"
    WHERE job_thread_id = job.id AND object_version IS DISTINCT FROM job.object_version)
  THEN
    RAISE EXCEPTION 'its rows are of an earlier upload than its last run; leave out the pages'
      USING ERRCODE = 'BS005';
  END IF;
  IF EXISTS (
    SELECT FROM jsonb_array_elements_text(p_pages) AS page
    WHERE page::integer NOT BETWEEN 1 AND job.page_count)
  THEN
    RAISE EXCEPTION 'it has the pages 1 to %', job.page_count USING ERRCODE = 'BS005';
  END IF;
END
$$;
