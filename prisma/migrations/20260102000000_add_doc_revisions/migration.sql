-- AlterTable
ALTER TABLE "Doc" ADD COLUMN     "needs_review" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "DocRevision" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "doc_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "doc_type" "DocType" NOT NULL,
    "ocr_payload" JSONB NOT NULL,
    "storage_uri" TEXT NOT NULL,
    "schema_version" INTEGER NOT NULL,
    "model_id" TEXT NOT NULL,
    "prompt_version" TEXT NOT NULL,
    "confidence" DOUBLE PRECISION NOT NULL,
    "error" TEXT,
    "written_at" TIMESTAMPTZ(3) NOT NULL,
    "replaced_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "replaced_by" TEXT NOT NULL,

    CONSTRAINT "DocRevision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StagedDoc" (
    "job_thread_id" UUID NOT NULL,
    "run_token" TEXT NOT NULL,
    "page_number" INTEGER NOT NULL,
    "doc" JSONB NOT NULL,

    CONSTRAINT "StagedDoc_pkey" PRIMARY KEY ("job_thread_id","run_token","page_number")
);

-- CreateIndex
CREATE INDEX "DocRevision_doc_id_replaced_at_idx" ON "DocRevision"("doc_id", "replaced_at");

-- CreateIndex
CREATE INDEX "DocRevision_user_id_idx" ON "DocRevision"("user_id");

-- AddForeignKey
ALTER TABLE "DocRevision" ADD CONSTRAINT "DocRevision_doc_id_fkey" FOREIGN KEY ("doc_id") REFERENCES "Doc"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StagedDoc" ADD CONSTRAINT "StagedDoc_job_thread_id_fkey" FOREIGN KEY ("job_thread_id") REFERENCES "JobThread"("id") ON DELETE CASCADE ON UPDATE CASCADE;

