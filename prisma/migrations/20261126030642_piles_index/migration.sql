-- CreateIndex
CREATE INDEX CONCURRENTLY "Doc_piles_idx" ON "Doc"("review", "head_id", "doc_type", "needs_review", "created_at", "job_thread_id", "page_number");
