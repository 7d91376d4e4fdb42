-- Adds what was noted since to the figures, no more than p_limit changes at once; gives how many there
-- were. Only this writes figures: whoever writes rows never waits for it.
CREATE OR REPLACE FUNCTION collapse_figures(p_limit integer DEFAULT 10000) RETURNS integer
LANGUAGE sql SECURITY INVOKER SET search_path = public, pg_temp AS $$
  WITH taken AS (
    DELETE FROM "FigureChange" WHERE id IN (
      SELECT id FROM "FigureChange" LIMIT p_limit FOR UPDATE SKIP LOCKED)
    RETURNING *
  ), added AS (
    INSERT INTO "Figure" AS known (figure, count, input_tokens, output_tokens, amount)
    SELECT figure, sum(count), sum(input_tokens), sum(output_tokens), sum(amount)
    FROM taken GROUP BY figure ORDER BY figure
    ON CONFLICT (figure) DO UPDATE SET
      count = known.count + excluded.count,
      input_tokens = known.input_tokens + excluded.input_tokens,
      output_tokens = known.output_tokens + excluded.output_tokens,
      amount = known.amount + excluded.amount
  )
  SELECT count(*)::integer FROM taken
$$;
