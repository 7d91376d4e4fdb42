-- Notes what a person says stands on a page: p_changes is a list of {path, value}, or {path, withdrawn}
-- for what is taken back. A line of a table is added by a value at a new key, taken out by null, and
-- the order of a table is a list of keys. Values have been held against the schema by whoever asks.
CREATE OR REPLACE FUNCTION correct_doc(
  p_doc_id uuid,
  p_version integer,
  p_changes jsonb,
  p_actor text,
  p_change_id uuid
) RETURNS jsonb
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  doc "Doc";
  corrected record;
  read jsonb;
  change record;
  place text[];
  value jsonb;
  is_sound boolean;
BEGIN
  IF EXISTS (SELECT FROM "DocCorrection" WHERE doc_id = p_doc_id AND change_id = p_change_id) THEN
    RETURN doc_for_review(p_doc_id); -- It asks again: the first answer was lost.
  END IF;
  doc := hold_doc(p_doc_id, p_actor, p_version);
  IF doc.review <> 'to_review' THEN
    RAISE EXCEPTION 'The page is %. Open it for review again to correct it.', doc.review
      USING ERRCODE = 'BS005';
  END IF;
  corrected := corrected_doc(doc);
  read := keyed_fields(coalesce(doc.ocr_payload -> 'fields', '{}'));

  FOR change IN
    SELECT each.change, each.number FROM jsonb_array_elements(p_changes) WITH ORDINALITY AS each (change, number)
  LOOP
    place := coalesce((string_to_array(change.change ->> 'path', '/'))[2:], '{}');
    value := coalesce(change.change -> 'value', 'null');
    is_sound := CASE
      WHEN coalesce((change.change ->> 'withdrawn')::boolean, false) THEN true
      WHEN change.change ->> 'path' = ''
        THEN value IN (SELECT to_jsonb(type) FROM unnest(enum_range(NULL::"DocType")) AS type)
      WHEN corrected.fields IS NULL OR NOT corrected.keyed ? place[1] THEN false
      WHEN corrected.lines ? place[1] AND cardinality(place) = 1 THEN jsonb_typeof(value) = 'array'
      WHEN corrected.lines ? place[1] AND cardinality(place) = 2
        THEN jsonb_typeof(value) IN ('object', 'null')
      WHEN corrected.lines ? place[1]
        THEN jsonb_typeof(value) NOT IN ('object', 'array')
      -- A part of the page that was not read at all is given as a whole.
      WHEN jsonb_typeof(value) = 'object' THEN coalesce(corrected.keyed #> place, 'null') = 'null'
      ELSE jsonb_typeof(value) <> 'array'
        AND jsonb_typeof(coalesce(corrected.keyed #> place, 'null')) NOT IN ('object', 'array') END;
    IF NOT coalesce(is_sound, false) THEN
      RAISE EXCEPTION 'There is no field % on this page that could say that.', change.change ->> 'path'
        USING ERRCODE = 'BS005';
    END IF;
    INSERT INTO "DocCorrection" (doc_id, user_id, page_content, doc_type, path, base, old, new, withdrawn,
      actor, change_id, doc_version, position)
    VALUES (doc.id, doc.user_id, page_content(doc.storage_uri), doc.doc_type,
      change.change ->> 'path',
      CASE WHEN place = '{}' THEN to_jsonb(doc.doc_type) ELSE coalesce(read #> place, 'null') END,
      CASE WHEN place = '{}' THEN to_jsonb(doc.doc_type) ELSE coalesce(corrected.keyed #> place, 'null') END,
      value, coalesce((change.change ->> 'withdrawn')::boolean, false), p_actor, p_change_id,
      doc.version + 1, change.number);
  END LOOP;
  UPDATE "Doc" SET version = version + 1,
    needs_review = needs_review OR status = 'draft_created'
  WHERE id = doc.id;
  RETURN doc_for_review(p_doc_id);
END
$$;
