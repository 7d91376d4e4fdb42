-- Nothing of a run's is with its provider's batch interface any more.
CREATE OR REPLACE FUNCTION settle_sent_questions(p_job_id uuid, p_token text) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  job "JobThread" := hold_job(p_job_id, p_token);
BEGIN
  UPDATE "JobThread" SET sent_questions = NULL, questions_sent_at = NULL WHERE id = job.id;
END
$$;
