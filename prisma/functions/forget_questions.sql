-- Drops what was stopped; a job that has been started again meanwhile, or has sent others, keeps what it has.
CREATE OR REPLACE FUNCTION forget_questions(p_job_id uuid, p_sent jsonb) RETURNS void
LANGUAGE sql SECURITY INVOKER SET search_path = public, pg_temp AS $$
  UPDATE "JobThread" SET sent_questions = NULL, questions_sent_at = NULL
  WHERE id = p_job_id AND status IN ('error', 'processed') AND sent_questions = p_sent
$$;
