-- CreateIndex
CREATE INDEX CONCURRENTLY "Doc_bundle_keys_idx" ON "Doc" USING GIN ("bundle_keys");
