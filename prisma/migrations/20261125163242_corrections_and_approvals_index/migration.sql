-- CreateIndex
CREATE INDEX CONCURRENTLY "Doc_review_needs_review_created_at_idx" ON "Doc"("review", "needs_review", "created_at");
