-- CreateIndex
CREATE INDEX CONCURRENTLY "JobThread_questions_sent_at_idx" ON "JobThread"("questions_sent_at");
