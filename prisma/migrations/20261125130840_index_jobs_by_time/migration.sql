-- CreateIndex
CREATE INDEX CONCURRENTLY "JobThread_created_at_id_idx" ON "JobThread"("created_at", "id");
