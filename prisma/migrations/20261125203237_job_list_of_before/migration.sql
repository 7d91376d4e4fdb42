-- Lists the jobs of before. Nobody waits but who changes a page of one of them meanwhile: it takes some
-- seconds for 100,000 jobs.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = 0;

INSERT INTO "JobListing" (job_thread_id, user_id, status, created_at, file_name, words)
SELECT id, user_id, status, created_at, coalesce(file_name, ''), search_words(coalesce(file_name, ''))
FROM "JobThread"
ON CONFLICT DO NOTHING;

SELECT sum_up_jobs(ARRAY(SELECT id FROM "JobThread"));
