-- What a row says with its corrections: its fields, the same by the keys of their lines, the keys of
-- each table in order; and which corrections are in conflict with the reading: they were made on a
-- value that is read otherwise by now, or on a line that is read no longer. A correction counts all
-- the same, as long as there is a place for it. Fields are null where nothing was read.
CREATE OR REPLACE FUNCTION corrected_doc(
  doc "Doc",
  OUT fields jsonb,
  OUT keyed jsonb,
  OUT lines jsonb,
  OUT conflicts text[],
  OUT is_corrected boolean
)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  read jsonb;
  correction "DocCorrection";
  orders jsonb := '{}';
  place text[];
  field record;
BEGIN
  conflicts := '{}';
  is_corrected := false;
  lines := '{}';
  fields := doc.ocr_payload -> 'fields';
  IF jsonb_typeof(fields) IS DISTINCT FROM 'object' THEN
    fields := NULL;
    RETURN;
  END IF;
  read := keyed_fields(fields);
  keyed := read;
  FOR field IN SELECT * FROM jsonb_each(fields) WHERE is_table(value) LOOP
    lines := lines || jsonb_build_object(field.key,
      (SELECT coalesce(jsonb_agg(line_key ORDER BY line_number), '[]') FROM keyed_lines(field.value)));
  END LOOP;

  FOR correction IN SELECT * FROM standing_corrections(doc) WHERE path <> '' LOOP
    is_corrected := true;
    place := (string_to_array(correction.path, '/'))[2:];
    IF lines ? place[1] AND cardinality(place) = 1 THEN
      orders := orders || jsonb_build_object(place[1], correction.new); -- Once all lines are there.
    ELSIF lines ? place[1] AND cardinality(place) = 2 THEN
      IF correction.base <> 'null' AND read #> place IS NULL THEN
        IF correction.new <> 'null' THEN
          conflicts := conflicts || correction.path;
        END IF; -- A line that was taken out, and is not read any more.
      ELSIF correction.new = 'null' THEN
        keyed := keyed #- place;
      ELSE
        keyed := jsonb_set(keyed, place, correction.new);
        IF NOT (lines -> place[1]) ? place[2] THEN
          lines := jsonb_set(lines, place[1:1], (lines -> place[1]) || to_jsonb(place[2]));
        END IF;
      END IF;
    ELSIF cardinality(place) > 1
      AND jsonb_typeof(keyed #> place[1:cardinality(place) - 1]) IS DISTINCT FROM 'object' THEN
      IF jsonb_typeof(read #> place[1:cardinality(place) - 1]) IS DISTINCT FROM 'object' THEN
        conflicts := conflicts || correction.path;
      END IF; -- Otherwise of a line that was taken out.
    ELSE
      IF coalesce(read #> place, 'null') NOT IN (correction.base, correction.new)
        AND NOT (correction.base = 'null' AND read #> place IS NULL) THEN
        conflicts := conflicts || correction.path;
      END IF;
      keyed := jsonb_set(keyed, place, correction.new);
    END IF;
  END LOOP;

  fields := keyed;
  FOR field IN SELECT * FROM jsonb_each(lines) LOOP
    lines := jsonb_set(lines, ARRAY[field.key], (
      SELECT coalesce(jsonb_agg(key ORDER BY wanted.number, known.number), '[]')
      FROM jsonb_array_elements_text(lines -> field.key) WITH ORDINALITY AS known (key, number)
      LEFT JOIN jsonb_array_elements_text(orders -> field.key) WITH ORDINALITY AS wanted (key, number)
        USING (key)
      WHERE (keyed -> field.key) ? key));
    fields := jsonb_set(fields, ARRAY[field.key], (
      SELECT coalesce(jsonb_agg(keyed -> field.key -> key ORDER BY number), '[]')
      FROM jsonb_array_elements_text(lines -> field.key) WITH ORDINALITY AS known (key, number)));
  END LOOP;
END
$$;
