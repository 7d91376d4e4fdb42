-- Grants a job to one execution, or says why there is nothing for it to do.
--
-- An upload's event comes with the object (p_upload: bucket, key, versionId, etag) and its sequencer,
-- by which S3 orders the writes to one key (Amazon S3 user guide, "Event message structure").
-- Without p_upload it is a manual retry, or with p_replay a replay, of what the job has. An upload
-- whose model's breaker is not closed waits instead of starting a run that is bound to fail; who
-- asks by hand is not held up. A processed job with an error is one whose replay has failed.
CREATE OR REPLACE FUNCTION claim_job(
  p_job_id uuid,
  p_execution text,
  p_lease_seconds integer,
  p_model_id text,
  p_user_id uuid DEFAULT NULL,
  p_upload jsonb DEFAULT NULL,
  p_object_sequencer text DEFAULT NULL,
  p_replay jsonb DEFAULT NULL
) RETURNS jsonb
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  job "JobThread";
  breaker "ModelBreaker";
  is_event boolean := p_user_id IS NOT NULL;
  is_live boolean;
  is_same_key boolean;
  is_same_object boolean;
BEGIN
  SELECT * INTO job FROM "JobThread" WHERE id = p_job_id FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no job %', p_job_id USING ERRCODE = 'BS001';
  END IF;
  IF is_event AND job.user_id <> p_user_id THEN
    RAISE EXCEPTION 'job % does not belong to user %', p_job_id, p_user_id USING ERRCODE = 'BS002';
  END IF;
  IF job.status = 'processing' AND job.execution = p_execution THEN
    RETURN granted(job); -- It asks again: the first answer was lost.
  END IF;

  is_live := job.status = 'processing' AND job.lease_until > clock_timestamp();
  IF is_event THEN
    is_same_key := job.object_key IS NOT DISTINCT FROM p_upload ->> 'key';
    is_same_object := is_same_key AND CASE
      WHEN job.upload ? 'versionId' AND p_upload ? 'versionId'
        THEN job.upload ->> 'versionId' = p_upload ->> 'versionId'
      ELSE job.upload ->> 'etag' = p_upload ->> 'etag' END;
    IF is_same_object THEN
      IF is_live THEN
        RETURN jsonb_build_object('outcome', 'held');
      ELSIF job.status <> 'processing' THEN
        RETURN jsonb_build_object('outcome',
          CASE job.status WHEN 'waiting' THEN 'waiting' ELSE 'already_processed' END);
      END IF;
    ELSIF is_same_key AND p_object_sequencer < job.object_sequencer COLLATE "C" THEN
      RETURN jsonb_build_object('outcome', 'superseded');
    END IF; -- A newer version takes over even from a live run, whose token is stale from now on.
  ELSE
    IF is_live THEN
      RETURN jsonb_build_object('outcome', 'held');
    ELSIF job.status = 'processed' AND p_replay IS NULL AND job.error IS NULL THEN
      RETURN jsonb_build_object('outcome', 'already_processed');
    ELSIF job.upload IS NULL AND p_upload IS NULL THEN
      RETURN jsonb_build_object('outcome', 'upload_unknown', 'user_id', job.user_id);
    END IF;
    PERFORM check_replayed_pages(job, p_replay -> 'pages');
  END IF;

  IF is_event THEN
    SELECT * INTO breaker FROM "ModelBreaker" WHERE model_id = p_model_id AND state <> 'closed';
    IF FOUND THEN
      UPDATE "JobThread" SET
        status = 'waiting', waiting_since = clock_timestamp(), waiting_for = p_model_id,
        waiting_reason = breaker.reason, resume_at = clock_timestamp(), lease_until = NULL,
        run_token = NULL, execution = p_execution, replay = NULL, replayed_from = NULL, upload = p_upload,
        object_key = p_upload ->> 'key',
        object_version = coalesce(p_upload ->> 'versionId', p_upload ->> 'etag'),
        object_sequencer = p_object_sequencer, completed_at = NULL, failed_at = NULL, error = NULL,
        error_message = NULL
      WHERE id = p_job_id;
      RETURN jsonb_build_object('outcome', 'waiting');
    END IF;
  END IF;

  UPDATE "JobThread" SET
    status = 'processing',
    attempt = attempt + 1,
    execution = p_execution,
    run_token = p_execution || '#' || (attempt + 1),
    lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds),
    -- A retry goes on with what the last run was asked to do.
    replay = CASE WHEN is_event OR p_replay IS NOT NULL THEN p_replay ELSE job.replay END,
    replayed_from = CASE WHEN is_event THEN NULL WHEN job.status = 'processed' THEN job.completed_at
      ELSE replayed_from END,
    upload = coalesce(p_upload, upload),
    object_key = coalesce(p_upload ->> 'key', object_key),
    object_version = coalesce(p_upload ->> 'versionId', p_upload ->> 'etag', object_version),
    object_sequencer = CASE WHEN p_upload IS NULL THEN object_sequencer ELSE p_object_sequencer END,
    waiting_since = CASE job.status WHEN 'waiting' THEN waiting_since END,
    waiting_for = NULL,
    waiting_reason = NULL,
    resume_at = NULL,
    started_at = clock_timestamp(),
    completed_at = NULL,
    failed_at = NULL,
    error = NULL,
    error_message = NULL,
    page_count = NULL,
    classified_pages = '{}',
    read_pages = '{}'
  WHERE id = p_job_id
  RETURNING * INTO job;
  RETURN granted(job);
END
$$;
