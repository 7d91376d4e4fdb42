-- A row with what a reviewer needs: the fields that count, the keys of the lines of its tables, the
-- corrections that stand, and what was decided.
CREATE OR REPLACE FUNCTION doc_for_review(p_doc_id uuid) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  doc "Doc";
  corrected record;
BEGIN
  SELECT * INTO doc FROM "Doc" WHERE id = p_doc_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'There is no such page any more.' USING ERRCODE = 'BS007';
  END IF;
  corrected := corrected_doc(doc);
  RETURN jsonb_build_object(
    'doc', to_jsonb(doc),
    'fields', corrected.fields,
    'lines', corrected.lines,
    'corrections', (
      SELECT coalesce(jsonb_agg(jsonb_build_object('path', path, 'base', base, 'old', old, 'new', new,
        'actor', actor, 'created_at', created_at)), '[]')
      FROM standing_corrections(doc)),
    'decisions', (
      SELECT coalesce(jsonb_agg(jsonb_build_object('review', review, 'reason', reason, 'actor', actor,
        'created_at', created_at) ORDER BY created_at, id), '[]')
      FROM "DocDecision" WHERE doc_id = doc.id));
END
$$;
