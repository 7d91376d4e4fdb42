ALTER TYPE "JobStatus" ADD VALUE 'waiting';

CREATE TYPE "BreakerState" AS ENUM ('closed', 'open', 'half_open', 'paused');

ALTER TABLE "Doc" ALTER COLUMN "schema_version" DROP NOT NULL;

ALTER TABLE "DocRevision" ALTER COLUMN "schema_version" DROP NOT NULL;

ALTER TABLE "JobThread" ADD COLUMN     "cache_hits" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "cost_usd" DECIMAL(14,6) NOT NULL DEFAULT 0,
ADD COLUMN     "input_tokens" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "model_calls" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "object_sequencer" TEXT,
ADD COLUMN     "output_tokens" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "replay" JSONB,
ADD COLUMN     "resume_at" TIMESTAMPTZ(3),
ADD COLUMN     "upload" JSONB,
ADD COLUMN     "waiting_for" TEXT,
ADD COLUMN     "waiting_reason" TEXT,
ADD COLUMN     "waiting_since" TIMESTAMPTZ(3);

CREATE TABLE "ModelCall" (
    "id" UUID NOT NULL,
    "job_thread_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "step" TEXT NOT NULL,
    "pages" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "model_id" TEXT NOT NULL,
    "prompt_version" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "request_id" TEXT,
    "input_tokens" INTEGER NOT NULL,
    "output_tokens" INTEGER NOT NULL,
    "cost_usd" DECIMAL(14,6) NOT NULL,
    "elapsed_ms" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ModelCall_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ModelBreaker" (
    "model_id" TEXT NOT NULL,
    "state" "BreakerState" NOT NULL DEFAULT 'closed',
    "reason" TEXT,
    "openings" INTEGER NOT NULL DEFAULT 0,
    "probe_at" TIMESTAMPTZ(3),
    "allowance" INTEGER NOT NULL DEFAULT 0,
    "released_at" TIMESTAMPTZ(3),
    "last_ok_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ModelBreaker_pkey" PRIMARY KEY ("model_id")
);

CREATE TABLE "BreakerEvent" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "model_id" TEXT NOT NULL,
    "state" "BreakerState" NOT NULL,
    "reason" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "BreakerEvent_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "SettingsRevision" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL,
    "replaced_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SettingsRevision_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "ModelCall_job_thread_id_created_at_idx" ON "ModelCall"("job_thread_id", "created_at");

CREATE INDEX "ModelCall_user_id_idx" ON "ModelCall"("user_id");

CREATE INDEX "BreakerEvent_model_id_created_at_idx" ON "BreakerEvent"("model_id", "created_at");

CREATE INDEX "SettingsRevision_key_replaced_at_idx" ON "SettingsRevision"("key", "replaced_at");

CREATE INDEX "JobThread_status_resume_at_idx" ON "JobThread"("status", "resume_at");

ALTER TABLE "ModelCall" ADD CONSTRAINT "ModelCall_job_thread_id_fkey" FOREIGN KEY ("job_thread_id") REFERENCES "JobThread"("id") ON DELETE CASCADE ON UPDATE CASCADE;
