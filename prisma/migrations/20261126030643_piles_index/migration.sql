-- CreateIndex
CREATE INDEX CONCURRENTLY "Doc_own_piles_idx" ON "Doc"("user_id", "review", "head_id", "doc_type", "needs_review", "created_at", "job_thread_id", "page_number");
