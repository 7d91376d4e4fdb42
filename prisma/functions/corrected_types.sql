-- What pages of a job are by a person's word, by the content of the page: a run does not ask a model.
CREATE OR REPLACE FUNCTION corrected_types(p_job_id uuid) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(jsonb_object_agg(split_part(correction.page_content, '.', 1), correction.new), '{}')
  FROM "Doc" AS doc, standing_corrections(doc) AS correction
  WHERE doc.job_thread_id = p_job_id AND correction.path = ''
$$;
