-- Forgets the history of before a time, in portions: of the next p_limit rows by their keys, those that
-- are old. Says where the next portion begins, nothing where there is none, and how many rows are
-- gone. What is never forgotten: what a page said before somebody made a draft of it, a job's last
-- run, a breaker's last event. Rows that are put aside for a run (staged) go once the run can't take
-- them over any more, whatever the time.
CREATE OR REPLACE FUNCTION sweep_history(
  p_history text,
  p_before timestamptz,
  p_after text DEFAULT NULL,
  p_limit integer DEFAULT 1000
) RETURNS jsonb
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  first uuid := coalesce(split_part(p_after, '/', 1)::uuid, '00000000-0000-0000-0000-000000000000');
  first_number integer := coalesce(nullif(split_part(p_after, '/', 2), '')::integer, 0);
  portion text[];
  deleted integer;
BEGIN
  IF p_history = 'attempts' THEN
    portion := ARRAY(SELECT job_thread_id || '/' || attempt FROM "JobAttempt"
      WHERE (job_thread_id, attempt) > (first, first_number)
      ORDER BY job_thread_id, attempt LIMIT p_limit);
    DELETE FROM "JobAttempt" AS old USING unnest(portion) AS key, "JobThread" AS job
      WHERE old.job_thread_id = split_part(key, '/', 1)::uuid
        AND old.attempt = split_part(key, '/', 2)::integer
        AND old.ended_at < p_before AND job.id = old.job_thread_id AND old.attempt < job.attempt;
  ELSIF p_history = 'calls' THEN
    portion := ARRAY(SELECT id FROM "ModelCall" WHERE id > first ORDER BY id LIMIT p_limit);
    DELETE FROM "ModelCall" WHERE id = ANY (portion::uuid[]) AND created_at < p_before;
  ELSIF p_history = 'revisions' THEN
    portion := ARRAY(SELECT id FROM "DocRevision" WHERE id > first ORDER BY id LIMIT p_limit);
    DELETE FROM "DocRevision" AS old USING "Doc" AS doc
      WHERE old.id = ANY (portion::uuid[]) AND old.replaced_at < p_before
        AND doc.id = old.doc_id AND doc.status <> 'draft_created';
  ELSIF p_history = 'breaker_events' THEN
    portion := ARRAY(SELECT id FROM "BreakerEvent" WHERE id > first ORDER BY id LIMIT p_limit);
    DELETE FROM "BreakerEvent" AS old
      WHERE id = ANY (portion::uuid[]) AND created_at < p_before AND EXISTS (
        SELECT FROM "BreakerEvent" AS newer
        WHERE newer.model_id = old.model_id AND newer.created_at > old.created_at);
  ELSIF p_history = 'setting_revisions' THEN
    portion := ARRAY(SELECT id FROM "SettingsRevision" WHERE id > first ORDER BY id LIMIT p_limit);
    DELETE FROM "SettingsRevision" WHERE id = ANY (portion::uuid[]) AND replaced_at < p_before;
  ELSIF p_history = 'events' THEN
    portion := ARRAY(SELECT id FROM "OutboxEvent" WHERE id > first ORDER BY id LIMIT p_limit);
    DELETE FROM "OutboxEvent" WHERE id = ANY (portion::uuid[]) AND ended_at < p_before;
  ELSIF p_history = 'staged' THEN
    portion := ARRAY(SELECT DISTINCT job_thread_id FROM "StagedDoc"
      WHERE job_thread_id > first ORDER BY job_thread_id LIMIT greatest(p_limit / 100, 1));
    DELETE FROM "StagedDoc" AS old USING "JobThread" AS job
      WHERE old.job_thread_id = ANY (portion::uuid[]) AND job.id = old.job_thread_id
        AND (job.status <> 'processing' OR job.run_token IS DISTINCT FROM old.run_token);
  ELSE
    RAISE EXCEPTION 'there is no history of %', p_history USING ERRCODE = 'BS005';
  END IF;
  GET DIAGNOSTICS deleted = ROW_COUNT;
  RETURN jsonb_build_object('last', portion[cardinality(portion)], 'deleted', deleted);
END
$$;
