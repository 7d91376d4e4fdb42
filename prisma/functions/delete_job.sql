-- Deletes a job and all that was made of it, and notes that. Pages that are approved, or that a draft
-- was made of, keep it from being deleted unless they are meant too. Its files are the caller's: no row
-- names them any more.
CREATE OR REPLACE FUNCTION delete_job(
  p_job_id uuid, p_actor text, p_approved_too boolean DEFAULT false
) RETURNS jsonb
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  job "JobThread";
  kept integer;
  noted "JobDeletion";
BEGIN
  SELECT * INTO job FROM "JobThread" WHERE id = p_job_id FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'There is no such job any more.' USING ERRCODE = 'BS001';
  END IF;
  IF coalesce(p_actor, '') !~ '\S' THEN
    RAISE EXCEPTION 'Say who you are: that a job is deleted is kept with a name.' USING ERRCODE = 'BS005';
  END IF;
  IF job.status = 'processing' AND job.lease_until > clock_timestamp() THEN
    RAISE EXCEPTION 'A run has the job: stop it before it is deleted, or wait for its end.'
      USING ERRCODE = 'BS005';
  END IF;
  PERFORM FROM "Doc" WHERE job_thread_id = p_job_id ORDER BY id FOR UPDATE;
  SELECT count(*) INTO kept FROM "Doc"
  WHERE job_thread_id = p_job_id AND (review = 'approved' OR status = 'draft_created');
  IF kept > 0 AND NOT p_approved_too THEN
    RAISE EXCEPTION 'Approved, and so not deleted: % of its pages. Delete the approved ones too, if that is meant.', kept
      USING ERRCODE = 'BS005';
  END IF;
  INSERT INTO "JobDeletion" (job_thread_id, user_id, file_name, actor, pages, approved, docs)
  SELECT job.id, job.user_id, job.file_name, p_actor, count(*), kept,
    coalesce(jsonb_agg(jsonb_build_object('page_number', page_number, 'doc_type', doc_type,
      'status', status, 'review', review, 'reviewed_by', reviewed_by, 'reviewed_at', reviewed_at,
      'approved_hash', approved_hash) ORDER BY page_number), '[]')
  FROM "Doc" WHERE job_thread_id = p_job_id
  RETURNING * INTO noted;
  DELETE FROM "JobThread" WHERE id = p_job_id;
  RETURN jsonb_build_object('pages', noted.pages, 'approved', noted.approved);
END
$$;
