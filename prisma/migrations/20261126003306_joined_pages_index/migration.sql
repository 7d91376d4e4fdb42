-- CreateIndex
CREATE INDEX CONCURRENTLY "Doc_head_id_idx" ON "Doc"("head_id");
