-- CreateIndex
CREATE INDEX CONCURRENTLY "JobThread_status_created_at_idx" ON "JobThread"("status", "created_at");
