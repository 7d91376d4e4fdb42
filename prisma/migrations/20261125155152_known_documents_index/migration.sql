-- CreateIndex
CREATE INDEX CONCURRENTLY "Doc_user_id_picture_idx" ON "Doc"("user_id", "picture");
