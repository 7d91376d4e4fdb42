SET LOCAL lock_timeout = '5s';

ALTER TABLE "JobListing" VALIDATE CONSTRAINT "JobListing_job_thread_id_fkey";
ALTER TABLE "JobDeletion" VALIDATE CONSTRAINT deletion_counts;
ALTER TABLE "JobDeletion" VALIDATE CONSTRAINT deletion_is_somebodys;
