-- DropIndex
DROP INDEX CONCURRENTLY "Doc_job_thread_id_page_number_idx";
