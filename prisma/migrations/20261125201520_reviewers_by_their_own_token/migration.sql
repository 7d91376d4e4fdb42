SET LOCAL lock_timeout = '5s';

SET LOCAL check_function_bodies = off;

-- claim_doc of a reviewer's own page, by their own token, for five minutes.
CREATE OR REPLACE FUNCTION claim_as_reviewer(p_doc_id uuid) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN seen_by_reviewer(claim_doc(p_doc_id, reviewer_of(p_doc_id), 300));
END
$$;

-- correct_doc of a reviewer's own page, by their own token. Nobody has held the values against the schema
-- that the page was read by: it is done here, of the page as it would be.
CREATE OR REPLACE FUNCTION correct_as_reviewer(
  p_doc_id uuid,
  p_version integer,
  p_changes jsonb,
  p_change_id uuid
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  corrected jsonb := correct_doc(p_doc_id, p_version, p_changes, reviewer_of(p_doc_id), p_change_id);
  schema jsonb;
BEGIN
  SELECT known.schema INTO schema
  FROM "Doc" JOIN "DocTypeSchema" AS known
    ON known.doc_type = "Doc".doc_type AND known.version = "Doc".schema_version
  WHERE "Doc".id = p_doc_id;
  IF schema IS NOT NULL AND jsonb_typeof(corrected -> 'fields') = 'object'
    AND NOT fits_schema(schema, schema, corrected -> 'fields') THEN
    RAISE EXCEPTION 'A field of this page can''t have that value: numbers are numbers, dates are like 2026-01-31.'
      USING ERRCODE = 'BS005';
  END IF;
  RETURN seen_by_reviewer(corrected);
END
$$;

-- decide_doc of a reviewer's own page, by their own token.
CREATE OR REPLACE FUNCTION decide_as_reviewer(
  p_doc_id uuid,
  p_version integer,
  p_review "ReviewStatus",
  p_change_id uuid,
  p_reason text DEFAULT NULL
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN seen_by_reviewer(
    decide_doc(p_doc_id, p_version, p_review, reviewer_of(p_doc_id), p_change_id, p_reason));
END
$$;

-- A reviewer's own page, by their own token: doc_for_review without where its image is kept.
CREATE OR REPLACE FUNCTION doc_as_reviewer(p_doc_id uuid) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM reviewer_of(p_doc_id);
  RETURN seen_by_reviewer(doc_for_review(p_doc_id));
END
$$;

-- Whether a value is as a part of a JSON Schema says: by the keywords that the schemas of doc types are
-- made of. Others are for the validator of the functions alone.
CREATE OR REPLACE FUNCTION fits_schema(root jsonb, part jsonb, given jsonb) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE SET search_path = public, pg_temp AS $$
DECLARE
  schema jsonb := part;
  kind text := jsonb_typeof(given);
BEGIN
  WHILE schema ? '$ref' LOOP
    schema := root #> (string_to_array(schema ->> '$ref', '/'))[2:];
  END LOOP;
  IF schema ? 'type' AND NOT (
    jsonb_build_array(schema -> 'type') @> to_jsonb(kind) OR schema -> 'type' @> to_jsonb(kind)
    OR kind = 'number' AND trunc(given::numeric) = given::numeric
      AND (schema ->> 'type' = 'integer' OR schema -> 'type' @> '"integer"'))
  THEN
    RETURN false;
  END IF;
  IF schema ? 'enum' AND NOT schema -> 'enum' @> jsonb_build_array(given) THEN
    RETURN false;
  END IF;
  RETURN CASE kind
    WHEN 'string' THEN
      length(given #>> '{}') <= coalesce((schema ->> 'maxLength')::integer, length(given #>> '{}'))
      AND length(given #>> '{}') >= coalesce((schema ->> 'minLength')::integer, 0)
      AND coalesce(given #>> '{}' ~ (schema ->> 'pattern'), true)
    WHEN 'number' THEN
      given::numeric >= coalesce((schema ->> 'minimum')::numeric, given::numeric)
      AND given::numeric <= coalesce((schema ->> 'maximum')::numeric, given::numeric)
    WHEN 'array' THEN
      jsonb_array_length(given) <= coalesce((schema ->> 'maxItems')::integer, jsonb_array_length(given))
      AND jsonb_array_length(given) >= coalesce((schema ->> 'minItems')::integer, 0)
      AND (NOT schema ? 'items' OR coalesce((
        SELECT bool_and(fits_schema(root, schema -> 'items', item)) FROM jsonb_array_elements(given) AS item), true))
    WHEN 'object' THEN
      coalesce((
        SELECT bool_and(given ? name)
        FROM jsonb_array_elements_text(coalesce(schema -> 'required', '[]')) AS name), true)
      AND coalesce((
        SELECT bool_and(CASE
          WHEN schema -> 'properties' ? field.key
            THEN fits_schema(root, schema -> 'properties' -> field.key, field.value)
          ELSE schema -> 'additionalProperties' IS DISTINCT FROM 'false' END)
        FROM jsonb_each(given) AS field), true)
    ELSE true END;
END
$$;

-- release_doc of a reviewer's own page, by their own token.
CREATE OR REPLACE FUNCTION release_as_reviewer(p_doc_id uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM release_doc(p_doc_id, reviewer_of(p_doc_id));
END
$$;

-- Who asks for a page, by the name that is kept with what they do: the e-mail address that Supabase Auth
-- knows them by. Refused to whoever is no reviewer, which the service key alone can make of a user
-- (app_metadata), and of another user's page, which is as good as none.
CREATE OR REPLACE FUNCTION reviewer_of(p_doc_id uuid) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  claims jsonb := nullif(current_setting('request.jwt.claims', true), '')::jsonb;
BEGIN
  IF coalesce(claims #>> '{app_metadata,billstep_role}', '') NOT IN ('reviewer', 'operator') THEN
    RAISE EXCEPTION 'You are signed in, but no reviewer. Ask whoever runs Billstep.' USING ERRCODE = '42501';
  END IF;
  IF NOT EXISTS (SELECT FROM "Doc" WHERE id = p_doc_id AND user_id = auth.uid()) THEN
    RAISE EXCEPTION 'There is no such page any more.' USING ERRCODE = 'BS007';
  END IF;
  RETURN coalesce(nullif(claims ->> 'email', ''), claims ->> 'sub');
END
$$;

-- What doc_for_review says, as far as users may know it.
CREATE OR REPLACE FUNCTION seen_by_reviewer(reviewed jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT jsonb_set(reviewed, '{doc}',
    (reviewed -> 'doc') - ARRAY['storage_uri', 'object_version', 'approved_hash'])
$$;

REVOKE ALL ON FUNCTION claim_as_reviewer(uuid) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION correct_as_reviewer(uuid,integer,jsonb,uuid) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION decide_as_reviewer(uuid,integer,"ReviewStatus",uuid,text) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION doc_as_reviewer(uuid) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION fits_schema(jsonb,jsonb,jsonb) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION release_as_reviewer(uuid) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION reviewer_of(uuid) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION seen_by_reviewer(jsonb) FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION claim_as_reviewer(uuid) TO authenticated;
GRANT EXECUTE ON FUNCTION correct_as_reviewer(uuid,integer,jsonb,uuid) TO authenticated;
GRANT EXECUTE ON FUNCTION decide_as_reviewer(uuid,integer,"ReviewStatus",uuid,text) TO authenticated;
GRANT EXECUTE ON FUNCTION doc_as_reviewer(uuid) TO authenticated;
GRANT EXECUTE ON FUNCTION release_as_reviewer(uuid) TO authenticated;
GRANT EXECUTE ON FUNCTION claim_as_reviewer(uuid) TO service_role;
GRANT EXECUTE ON FUNCTION correct_as_reviewer(uuid,integer,jsonb,uuid) TO service_role;
GRANT EXECUTE ON FUNCTION decide_as_reviewer(uuid,integer,"ReviewStatus",uuid,text) TO service_role;
GRANT EXECUTE ON FUNCTION doc_as_reviewer(uuid) TO service_role;
GRANT EXECUTE ON FUNCTION fits_schema(jsonb,jsonb,jsonb) TO service_role;
GRANT EXECUTE ON FUNCTION release_as_reviewer(uuid) TO service_role;
GRANT EXECUTE ON FUNCTION reviewer_of(uuid) TO service_role;
GRANT EXECUTE ON FUNCTION seen_by_reviewer(jsonb) TO service_role;
