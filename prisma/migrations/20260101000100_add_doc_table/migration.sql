-- CreateEnum
CREATE TYPE "DocStatus" AS ENUM ('draft_pending', 'draft_created', 'unknown');

-- CreateTable
CREATE TABLE "Doc" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "job_thread_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "page_number" INTEGER NOT NULL,
    "doc_type" "DocType" NOT NULL,
    "status" "DocStatus" NOT NULL,
    "ocr_payload" JSONB NOT NULL,
    "storage_uri" TEXT NOT NULL,
    "schema_version" INTEGER NOT NULL,
    "model_id" TEXT NOT NULL,
    "prompt_version" TEXT NOT NULL,
    "confidence" DOUBLE PRECISION NOT NULL,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Doc_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Doc_job_thread_id_page_number_idx" ON "Doc"("job_thread_id", "page_number");

-- CreateIndex
CREATE INDEX "Doc_user_id_idx" ON "Doc"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "Doc_job_thread_id_page_number_key" ON "Doc"("job_thread_id", "page_number");

-- AddForeignKey
ALTER TABLE "Doc" ADD CONSTRAINT "Doc_job_thread_id_fkey" FOREIGN KEY ("job_thread_id") REFERENCES "JobThread"("id") ON DELETE CASCADE ON UPDATE CASCADE;

