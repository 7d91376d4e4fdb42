-- Adds up what operating_figures says of calls, once a statement (see note_job_figures). A call that is
-- forgotten, with its job or by sweep_history, has been made all the same.
CREATE OR REPLACE FUNCTION note_call_figures() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO "FigureChange" (figure, count, input_tokens, output_tokens, amount)
  SELECT jsonb_build_array('calls', model_id, step, outcome)::text, count(*), sum(input_tokens),
    sum(output_tokens), sum(cost_usd)
  FROM new_rows GROUP BY model_id, step, outcome;
  INSERT INTO "FigureChange" (figure, count, amount)
  SELECT jsonb_build_array('durations', model_id, step, bucket)::text, count(*), sum(elapsed_ms) / 1000.0
  FROM (
    SELECT model_id, step, elapsed_ms,
      width_bucket(elapsed_ms / 1000.0, ARRAY[0.1, 0.5, 1, 2.5, 5, 10, 30, 60]) AS bucket
    FROM new_rows) AS calls
  GROUP BY model_id, step, bucket;
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER note_call_figures AFTER INSERT ON "ModelCall"
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_call_figures();
