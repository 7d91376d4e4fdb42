-- Puts a part of a run's rows aside, where nobody sees them before its completion.
CREATE OR REPLACE FUNCTION stage_docs(p_job_id uuid, p_token text, p_docs jsonb) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  job "JobThread" := hold_job(p_job_id, p_token);
BEGIN
  IF job.status <> 'processing' THEN
    RAISE EXCEPTION 'job % is %, not processing', p_job_id, job.status USING ERRCODE = 'BS003';
  END IF;
  INSERT INTO "StagedDoc" (job_thread_id, run_token, page_number, doc)
    SELECT p_job_id, p_token, (doc ->> 'page_number')::integer, doc
    FROM jsonb_array_elements(p_docs) AS doc
    ON CONFLICT (job_thread_id, run_token, page_number) DO UPDATE SET doc = excluded.doc;
END
$$;
