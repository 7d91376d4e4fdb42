-- CreateIndex
CREATE INDEX CONCURRENTLY "Doc_created_at_id_idx" ON "Doc"("created_at", "id");
