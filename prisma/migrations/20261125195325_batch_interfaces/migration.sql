SET LOCAL lock_timeout = '5s';

-- AlterTable
ALTER TABLE "JobThread" ADD COLUMN     "questions_sent_at" TIMESTAMPTZ(3),
ADD COLUMN     "sent_questions" JSONB;

-- AlterTable
ALTER TABLE "ModelCall" ADD COLUMN     "batch" TEXT;


SET LOCAL check_function_bodies = off;

-- What is with providers' batch interfaces and nobody waits for: their jobs have ended without it.
CREATE OR REPLACE FUNCTION abandoned_questions(p_limit integer DEFAULT 20)
RETURNS TABLE (job_id uuid, sent jsonb)
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
  SELECT id, sent_questions FROM "JobThread"
  WHERE questions_sent_at IS NOT NULL AND status IN ('error', 'processed')
  ORDER BY questions_sent_at
  LIMIT p_limit
$$;

-- Drops what was stopped; a job that has been started again meanwhile, or has sent others, keeps what it has.
CREATE OR REPLACE FUNCTION forget_questions(p_job_id uuid, p_sent jsonb) RETURNS void
LANGUAGE sql SECURITY INVOKER SET search_path = public, pg_temp AS $$
  UPDATE "JobThread" SET sent_questions = NULL, questions_sent_at = NULL
  WHERE id = p_job_id AND status IN ('error', 'processed') AND sent_questions = p_sent
$$;

-- Notes what a run has sent to its provider's batch interface, and keeps the job for it from now on: the
-- lease of a claim is shorter than a batch may take, and is renewed at every look for its answers.
CREATE OR REPLACE FUNCTION keep_sent_questions(
  p_job_id uuid,
  p_token text,
  p_sent jsonb,
  p_sent_at timestamptz,
  p_lease_seconds integer
) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  job "JobThread" := hold_job(p_job_id, p_token);
BEGIN
  UPDATE "JobThread" SET
    sent_questions = p_sent, questions_sent_at = p_sent_at,
    -- One that was cancelled meanwhile has none: what was sent is noted all the same, to be stopped.
    lease_until = CASE WHEN job.status = 'processing'
      THEN clock_timestamp() + make_interval(secs => p_lease_seconds) END
  WHERE id = p_job_id;
END
$$;

-- Notes what calls of a model have cost: facts, whoever holds the job by now. Noting a call twice
-- changes nothing.
CREATE OR REPLACE FUNCTION record_calls(p_job_id uuid, p_calls jsonb) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  job "JobThread";
BEGIN
  SELECT * INTO job FROM "JobThread" WHERE id = p_job_id FOR UPDATE;
  IF NOT FOUND THEN
    RETURN; -- The job was deleted while its pages were read.
  END IF;
  WITH made AS (
    INSERT INTO "ModelCall" (
      id, job_thread_id, user_id, attempt, step, pages, model_id, prompt_version, outcome,
      request_id, input_tokens, output_tokens, cost_usd, elapsed_ms, batch)
    SELECT
      call.id, job.id, job.user_id, call.attempt, call.step, call.pages, call.model_id,
      call.prompt_version, call.outcome, call.request_id, call.input_tokens, call.output_tokens,
      call.cost_usd, call.elapsed_ms, call.batch
    FROM jsonb_populate_recordset(NULL::"ModelCall", p_calls) AS call
    ON CONFLICT (id) DO NOTHING
    RETURNING *
  ), breakers AS (
    UPDATE "ModelBreaker" AS breaker SET last_ok_at = clock_timestamp()
    WHERE state = 'half_open'
      AND EXISTS (SELECT FROM made WHERE outcome = 'ok' AND made.model_id = breaker.model_id)
  ), sums AS (
    SELECT count(*) AS calls, coalesce(sum(input_tokens), 0) AS input,
      coalesce(sum(output_tokens), 0) AS output, coalesce(sum(cost_usd), 0) AS cost
    FROM made
  )
  UPDATE "JobThread" SET
    model_calls = model_calls + sums.calls,
    input_tokens = "JobThread".input_tokens + sums.input,
    output_tokens = "JobThread".output_tokens + sums.output,
    cost_usd = "JobThread".cost_usd + sums.cost
  FROM sums WHERE id = p_job_id AND sums.calls > 0;
END
$$;

-- Nothing of a run's is with its provider's batch interface any more.
CREATE OR REPLACE FUNCTION settle_sent_questions(p_job_id uuid, p_token text) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  job "JobThread" := hold_job(p_job_id, p_token);
BEGIN
  UPDATE "JobThread" SET sent_questions = NULL, questions_sent_at = NULL WHERE id = job.id;
END
$$;

REVOKE ALL ON FUNCTION abandoned_questions(integer) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION forget_questions(uuid,jsonb) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION keep_sent_questions(uuid,text,jsonb,timestamp with time zone,integer) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION settle_sent_questions(uuid,text) FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION abandoned_questions(integer) TO service_role;
GRANT EXECUTE ON FUNCTION forget_questions(uuid,jsonb) TO service_role;
GRANT EXECUTE ON FUNCTION keep_sent_questions(uuid,text,jsonb,timestamp with time zone,integer) TO service_role;
GRANT EXECUTE ON FUNCTION settle_sent_questions(uuid,text) TO service_role;
GRANT SELECT (questions_sent_at) ON TABLE "JobThread" TO authenticated;

INSERT INTO "Settings" (key, value) VALUES ('batch', 'false');
