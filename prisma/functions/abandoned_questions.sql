-- What is with providers' batch interfaces and nobody waits for: their jobs have ended without it.
CREATE OR REPLACE FUNCTION abandoned_questions(p_limit integer DEFAULT 20)
RETURNS TABLE (job_id uuid, sent jsonb)
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
  SELECT id, sent_questions FROM "JobThread"
  WHERE questions_sent_at IS NOT NULL AND status IN ('error', 'processed')
  ORDER BY questions_sent_at
  LIMIT p_limit
$$;
