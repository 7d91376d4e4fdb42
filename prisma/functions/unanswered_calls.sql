-- How often a model has not answered a job about these pages, and how often it has answered about
-- others since the first of those calls: what never gets an answer while others do is not the
-- model's failure.
CREATE OR REPLACE FUNCTION unanswered_calls(
  p_job_id uuid,
  p_step text,
  p_pages integer[],
  p_model_id text
) RETURNS jsonb
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
  WITH unanswered AS (
    SELECT created_at FROM "ModelCall"
    WHERE job_thread_id = p_job_id AND step = p_step AND pages = p_pages AND model_id = p_model_id
      AND outcome = 'ModelUnavailable'
  )
  SELECT jsonb_build_object(
    'unanswered', (SELECT count(*) FROM unanswered),
    'answered_others', (
      SELECT count(*) FROM "ModelCall"
      WHERE model_id = p_model_id AND outcome = 'ok'
        AND created_at > (SELECT min(created_at) FROM unanswered)))
$$;
