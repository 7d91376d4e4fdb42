-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "JobStatus" AS ENUM ('uploaded', 'processing', 'processed', 'error');

-- CreateEnum
CREATE TYPE "DocType" AS ENUM ('bill', 'eway_bill', 'unknown');

-- CreateTable
CREATE TABLE "JobThread" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "status" "JobStatus" NOT NULL DEFAULT 'uploaded',
    "file_name" TEXT,
    "error" TEXT,
    "error_message" TEXT,
    "started_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),
    "failed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "execution" TEXT,
    "run_token" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "object_key" TEXT,
    "object_version" TEXT,
    "page_count" INTEGER,
    "classified_pages" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "read_pages" INTEGER[] DEFAULT ARRAY[]::INTEGER[],

    CONSTRAINT "JobThread_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Settings" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Settings_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "DocTypeSchema" (
    "doc_type" "DocType" NOT NULL,
    "version" INTEGER NOT NULL,
    "schema" JSONB NOT NULL,
    "prompt" TEXT NOT NULL,
    "prompt_version" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DocTypeSchema_pkey" PRIMARY KEY ("doc_type","version")
);

-- CreateIndex
CREATE INDEX "JobThread_user_id_created_at_idx" ON "JobThread"("user_id", "created_at");

-- CreateIndex
CREATE INDEX "JobThread_status_lease_until_idx" ON "JobThread"("status", "lease_until");

-- CreateIndex
CREATE INDEX "JobThread_execution_idx" ON "JobThread"("execution");

