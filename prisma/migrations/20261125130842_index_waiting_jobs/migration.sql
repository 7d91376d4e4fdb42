-- CreateIndex
CREATE INDEX CONCURRENTLY "JobThread_status_waiting_since_idx" ON "JobThread"("status", "waiting_since");
