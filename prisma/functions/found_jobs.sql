-- The jobs with a page, or a file's name, in which all words of a text stand (search_query); null where it
-- has no words. Of no more than 5,000 pages, of one user's where one is named: words that stand on more of
-- them find nothing in particular.
CREATE OR REPLACE FUNCTION found_jobs(p_text text, p_user_id uuid DEFAULT NULL) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  query tsquery := search_query(p_text);
BEGIN
  IF query IS NULL THEN
    RETURN NULL;
  END IF;
  RETURN ARRAY(
    SELECT doc.job_thread_id
    FROM (
      SELECT doc_id FROM "DocSearch"
      WHERE words @@ query AND (p_user_id IS NULL OR user_id = p_user_id) LIMIT 5000) AS found
    JOIN "Doc" AS doc ON doc.id = found.doc_id
    UNION
    (SELECT job_thread_id FROM "JobListing"
    WHERE words @@ query AND (p_user_id IS NULL OR user_id = p_user_id) LIMIT 5000));
END
$$;
