SET LOCAL lock_timeout = '5s';

DROP FUNCTION found_jobs(text);

SET LOCAL check_function_bodies = off;

-- approvable_docs of a user's own jobs, by their own token.
CREATE OR REPLACE FUNCTION approvable_docs_as_user(p_filter jsonb, p_limit integer) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN approvable_docs(own_filter(p_filter), least(p_limit, 1000));
END
$$;

-- Who asks by their own token. Whoever has none, or one that names nobody, is refused: a user that is not
-- known would be no limit at all.
CREATE OR REPLACE FUNCTION asking_user() RETURNS uuid
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  asking uuid := auth.uid();
BEGIN
  IF asking IS NULL THEN
    RAISE EXCEPTION 'Sign in first.' USING ERRCODE = '42501';
  END IF;
  RETURN asking;
END
$$;

-- Refuses another user's page, which is as good as none.
CREATE OR REPLACE FUNCTION check_own_page(p_doc_id uuid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM "Doc" WHERE id = p_doc_id AND user_id = asking_user()) THEN
    RAISE EXCEPTION 'There is no such page any more.' USING ERRCODE = 'BS007';
  END IF;
END
$$;

-- count_listed of a user's own jobs, by their own token.
CREATE OR REPLACE FUNCTION count_listed_as_user(p_filter jsonb DEFAULT '{}') RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN count_listed(own_filter(p_filter));
END
$$;

-- A user's own page as a reviewer sees it, by their own token: doc_for_review without where its image is
-- kept. To look takes no role: it is their page.
CREATE OR REPLACE FUNCTION doc_as_reviewer(p_doc_id uuid) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM check_own_page(p_doc_id);
  RETURN seen_by_reviewer(doc_for_review(p_doc_id));
END
$$;

-- export_docs of a user's own documents, by their own token.
CREATE OR REPLACE FUNCTION export_docs_as_user(
  p_doc_type "DocType",
  p_review "ReviewStatus" DEFAULT NULL,
  p_after timestamptz DEFAULT NULL,
  p_after_id uuid DEFAULT NULL,
  p_limit integer DEFAULT 500,
  p_filter jsonb DEFAULT NULL
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN export_docs(p_doc_type, p_review, asking_user(), p_after, p_after_id, least(p_limit, 1000),
    CASE WHEN p_filter IS NOT NULL THEN own_filter(p_filter) END);
END
$$;

-- The jobs with a page, or a file's name, in which all words of a text stand (search_query); null where it
-- has no words. Of no more than 5,000 pages, of one user's where one is named: words that stand on more of
-- them find nothing in particular.
CREATE OR REPLACE FUNCTION found_jobs(p_text text, p_user_id uuid DEFAULT NULL) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  query tsquery := search_query(p_text);
BEGIN
  IF query IS NULL THEN
    RETURN NULL;
  END IF;
  RETURN ARRAY(
    SELECT doc.job_thread_id
    FROM (
      SELECT doc_id FROM "DocSearch"
      WHERE words @@ query AND (p_user_id IS NULL OR user_id = p_user_id) LIMIT 5000) AS found
    JOIN "Doc" AS doc ON doc.id = found.doc_id
    UNION
    (SELECT job_thread_id FROM "JobListing"
    WHERE words @@ query AND (p_user_id IS NULL OR user_id = p_user_id) LIMIT 5000));
END
$$;

-- joined_fields of a user's own document, by their own token.
CREATE OR REPLACE FUNCTION joined_fields_as_user(
  p_head_id uuid, p_page_id uuid DEFAULT NULL, p_fields jsonb DEFAULT NULL
) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM check_own_page(p_head_id);
  RETURN joined_fields(p_head_id, p_page_id, p_fields);
END
$$;

-- list_jobs of a user's own jobs, by their own token.
CREATE OR REPLACE FUNCTION list_jobs_as_user(
  p_filter jsonb DEFAULT '{}',
  p_sort text DEFAULT 'created_at',
  p_descending boolean DEFAULT true,
  p_after jsonb DEFAULT NULL,
  p_limit integer DEFAULT 50
) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN list_jobs(own_filter(p_filter), p_sort, p_descending, p_after, least(p_limit, 1000));
END
$$;

-- Which rows of JobListing a filter leaves, as a condition in SQL that has its values in it: so the plan
-- is made for them. Of the filter's members all that are there count: text, status, type, user, since,
-- until (times), which (to_review, flagged, approved, duplicate), jobs (ids).
CREATE OR REPLACE FUNCTION listing_condition(p_filter jsonb) RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT concat_ws(' AND ', 'true',
    'status = ' || quote_literal(p_filter ->> 'status') || '::"JobStatus"',
    'doc_types @> ARRAY[' || quote_literal(p_filter ->> 'type') || ']::"DocType"[]',
    'user_id = ' || quote_literal(p_filter ->> 'user') || '::uuid',
    'created_at >= ' || quote_literal(p_filter ->> 'since') || '::timestamptz',
    'created_at < ' || quote_literal(p_filter ->> 'until') || '::timestamptz',
    CASE p_filter ->> 'which' WHEN 'to_review' THEN 'to_review > 0' WHEN 'flagged' THEN 'flagged > 0'
      WHEN 'approved' THEN 'approved > 0' WHEN 'duplicate' THEN 'duplicates > 0' END,
    'job_thread_id = ANY (' || quote_literal((
      SELECT array_agg(id) FROM jsonb_array_elements_text(p_filter -> 'jobs') AS id)::text) || '::uuid[])',
    'job_thread_id = ANY (' || quote_literal(
      found_jobs(p_filter ->> 'text', (p_filter ->> 'user')::uuid)::text) || '::uuid[])')
$$;

-- A filter of jobs (listing_condition) that leaves those of who asks alone, whatever it says.
CREATE OR REPLACE FUNCTION own_filter(p_filter jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT CASE jsonb_typeof(p_filter) WHEN 'object' THEN p_filter ELSE '{}' END
    || jsonb_build_object('user', asking_user())
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
  PERFORM check_own_page(p_doc_id);
  RETURN coalesce(nullif(claims ->> 'email', ''), claims ->> 'sub');
END
$$;

REVOKE ALL ON FUNCTION approvable_docs_as_user(jsonb,integer) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION asking_user() FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION check_own_page(uuid) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION count_listed_as_user(jsonb) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION export_docs_as_user("DocType","ReviewStatus",timestamp with time zone,uuid,integer,jsonb) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION found_jobs(text,uuid) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION joined_fields_as_user(uuid,uuid,jsonb) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION list_jobs_as_user(jsonb,text,boolean,jsonb,integer) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION own_filter(jsonb) FROM PUBLIC, anon, authenticated;
CREATE POLICY every_schema ON "DocTypeSchema" AS PERMISSIVE FOR SELECT TO authenticated
  USING (true);
GRANT EXECUTE ON FUNCTION approvable_docs_as_user(jsonb,integer) TO authenticated;
GRANT EXECUTE ON FUNCTION count_listed_as_user(jsonb) TO authenticated;
GRANT EXECUTE ON FUNCTION export_docs_as_user("DocType","ReviewStatus",timestamp with time zone,uuid,integer,jsonb) TO authenticated;
GRANT EXECUTE ON FUNCTION joined_fields_as_user(uuid,uuid,jsonb) TO authenticated;
GRANT EXECUTE ON FUNCTION list_jobs_as_user(jsonb,text,boolean,jsonb,integer) TO authenticated;
GRANT EXECUTE ON FUNCTION approvable_docs_as_user(jsonb,integer) TO service_role;
GRANT EXECUTE ON FUNCTION asking_user() TO service_role;
GRANT EXECUTE ON FUNCTION check_own_page(uuid) TO service_role;
GRANT EXECUTE ON FUNCTION count_listed_as_user(jsonb) TO service_role;
GRANT EXECUTE ON FUNCTION export_docs_as_user("DocType","ReviewStatus",timestamp with time zone,uuid,integer,jsonb) TO service_role;
GRANT EXECUTE ON FUNCTION found_jobs(text,uuid) TO service_role;
GRANT EXECUTE ON FUNCTION joined_fields_as_user(uuid,uuid,jsonb) TO service_role;
GRANT EXECUTE ON FUNCTION list_jobs_as_user(jsonb,text,boolean,jsonb,integer) TO service_role;
GRANT EXECUTE ON FUNCTION own_filter(jsonb) TO service_role;
GRANT SELECT (claimed_by), SELECT (claimed_until) ON TABLE "Doc" TO authenticated;
GRANT SELECT (active), SELECT (doc_type), SELECT (prompt_version), SELECT (schema), SELECT (version) ON TABLE "DocTypeSchema" TO authenticated;
