-- CreateIndex
CREATE INDEX CONCURRENTLY "Doc_review_reviewed_at_id_idx" ON "Doc"("review", "reviewed_at", "id");
