-- Which of these keys are images of pages, or what stands for one, that no row was read from: neither
-- a Doc nor a revision of one. Of jobs at rest alone: the pages of a run have no rows yet. A page's
-- present image, page-{n}.png, goes with the image in the page's row; pictures of an image,
-- pictures/{sha256}/…, go with it.
CREATE OR REPLACE FUNCTION unreferenced_images(p_keys text[]) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
  WITH image AS MATERIALIZED (
    SELECT key, split_part(key, '/', 2)::uuid AS job_id,
      regexp_replace(key, '/pictures/([^/]+)/[^/]+$', '/pages/\1.png') AS seen,
      substring(key FROM '/page-(\d+)\.png$')::integer AS page_number
    FROM unnest(p_keys) AS key
    WHERE key ~ '^jobs/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/(pages/[^/]+|pictures/[^/]+/[^/]+|page-\d{1,6}\.png)$'
  ), doc AS MATERIALIZED (
    SELECT id, job_thread_id, page_number, storage_uri
    FROM "Doc" WHERE job_thread_id IN (SELECT job_id FROM image)
  ), referenced AS MATERIALIZED (
    SELECT substring(storage_uri FROM '.*/(jobs/[0-9a-f-]{36}/.+)$') AS key
    FROM (
      SELECT storage_uri FROM doc
      UNION ALL
      SELECT revision.storage_uri FROM "DocRevision" AS revision JOIN doc ON doc.id = revision.doc_id
    ) AS named
  )
  SELECT image.key
  FROM image JOIN "JobThread" AS job ON job.id = image.job_id
  WHERE job.status IN ('processed', 'error')
    AND NOT EXISTS (SELECT FROM referenced WHERE referenced.key = image.seen)
    AND NOT EXISTS (
      SELECT FROM doc
      WHERE doc.job_thread_id = image.job_id AND doc.page_number = image.page_number
        AND doc.storage_uri LIKE '%.png')
$$;
