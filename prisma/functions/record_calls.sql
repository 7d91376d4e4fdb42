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
