-- CreateIndex
CREATE INDEX CONCURRENTLY "Doc_user_id_document_key_idx" ON "Doc"("user_id", "document_key");
