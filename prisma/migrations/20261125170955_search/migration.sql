SET LOCAL lock_timeout = '5s';

-- CreateTable
CREATE TABLE "DocSearch" (
    "doc_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "words" tsvector NOT NULL,

    CONSTRAINT "DocSearch_pkey" PRIMARY KEY ("doc_id")
);

-- CreateIndex
CREATE INDEX "DocSearch_words_idx" ON "DocSearch" USING GIN ("words");

-- AddForeignKey
ALTER TABLE "DocSearch" ADD CONSTRAINT "DocSearch_doc_id_fkey" FOREIGN KEY ("doc_id") REFERENCES "Doc"("id") ON DELETE CASCADE ON UPDATE CASCADE NOT VALID;

SET LOCAL check_function_bodies = off;

-- Pages in which all words of a text stand, or words that begin so, the newest first: what a list of them
-- shows. Signs don't count. Without a text all pages that fit the rest. Continued after a page that was
-- given before.
CREATE OR REPLACE FUNCTION find_docs(
  p_text text DEFAULT '',
  p_doc_type "DocType" DEFAULT NULL,
  p_review "ReviewStatus" DEFAULT NULL,
  p_needs_review boolean DEFAULT NULL,
  p_user_id uuid DEFAULT NULL,
  p_before timestamptz DEFAULT NULL,
  p_before_id uuid DEFAULT NULL,
  p_limit integer DEFAULT 50
) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  query tsquery := (
    SELECT string_agg(format('%L:*', word), ' & ')::tsquery
    FROM (
      SELECT regexp_replace(lower(printed), '[^[:alnum:]]', '', 'g') AS word
      FROM regexp_split_to_table(left(p_text, 500), '\s+') AS printed
    ) AS words
    WHERE word <> '');
BEGIN
  RETURN (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
      'id', doc.id, 'job_id', doc.job_thread_id, 'file_name', doc.file_name,
      'page_number', doc.page_number, 'doc_type', doc.doc_type, 'review', doc.review,
      'needs_review', doc.needs_review, 'created_at', doc.created_at,
      'is_duplicate', doc.ocr_payload -> 'findings' @> '[{"code": "document.duplicate"}]',
      'number', coalesce(doc.fields ->> 'invoice_number', doc.fields ->> 'eway_bill_number'),
      'date', coalesce(doc.fields ->> 'invoice_date', left(doc.fields ->> 'generated_at', 10)),
      'party', coalesce(doc.fields #>> '{seller,name}', doc.fields #>> '{supplier,name}'),
      'gstin', coalesce(doc.fields #>> '{seller,gstin}', doc.fields #>> '{supplier,gstin}'),
      'amount', coalesce(doc.fields -> 'grand_total', doc.fields -> 'value_of_goods')
    ) ORDER BY doc.created_at DESC, doc.id DESC), '[]')
    FROM (
      SELECT "Doc".*, job.file_name, effective_fields("Doc") AS fields
      FROM "Doc" JOIN "JobThread" AS job ON job.id = "Doc".job_thread_id
      WHERE (query IS NULL OR "Doc".id IN (
          SELECT doc_id FROM "DocSearch"
          WHERE words @@ query AND (p_user_id IS NULL OR "DocSearch".user_id = p_user_id)))
        AND (p_doc_type IS NULL OR "Doc".doc_type = p_doc_type)
        AND (p_review IS NULL OR "Doc".review = p_review)
        AND (p_needs_review IS NULL OR "Doc".needs_review = p_needs_review)
        AND (p_user_id IS NULL OR "Doc".user_id = p_user_id)
        AND (p_before IS NULL OR ("Doc".created_at, "Doc".id) < (p_before, p_before_id))
      ORDER BY "Doc".created_at DESC, "Doc".id DESC LIMIT p_limit
    ) AS doc);
END
$$;

-- What a page is found by: its text, the fields that count, and the name of its file.
CREATE OR REPLACE FUNCTION keep_search() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO "DocSearch" (doc_id, user_id, words)
  SELECT NEW.id, NEW.user_id, search_words(concat_ws(E'\n', job.file_name,
    NEW.ocr_payload ->> 'text', (
      SELECT string_agg(value #>> '{}', E'\n')
      FROM jsonb_path_query(effective_fields(NEW), 'strict $.** ? (@.type() == "string" || @.type() == "number")') AS value)))
  FROM "JobThread" AS job WHERE job.id = NEW.job_thread_id
  ON CONFLICT (doc_id) DO UPDATE SET words = excluded.words
    WHERE "DocSearch".words <> excluded.words;
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER keep_search AFTER INSERT OR UPDATE OF ocr_payload, version ON "Doc"
  FOR EACH ROW EXECUTE FUNCTION keep_search();

-- The words of a text, as pages are searched by them: in small letters, each with its signs taken out
-- (INV/25-26/7 as inv25267) and, where it has some, its parts as well. No more than 5,000, none above 100
-- characters: a page has some hundreds.
CREATE OR REPLACE FUNCTION search_words(p_text text) RETURNS tsvector
LANGUAGE sql IMMUTABLE SET search_path = pg_temp AS $$
  SELECT array_to_tsvector(coalesce(array_agg(word), '{}'))
  FROM (
    SELECT DISTINCT left(word, 100) AS word
    FROM regexp_split_to_table(lower(p_text), '\s+') AS printed,
      LATERAL (
        SELECT regexp_replace(printed, '[^[:alnum:]]', '', 'g')
        UNION ALL
        SELECT regexp_split_to_table(printed, '[^[:alnum:]]+')
      ) AS each (word)
    WHERE word <> ''
    LIMIT 5000
  ) AS words
$$;

REVOKE ALL ON FUNCTION find_docs(text,"DocType","ReviewStatus",boolean,uuid,timestamp with time zone,uuid,integer) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION keep_search() FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION search_words(text) FROM PUBLIC, anon, authenticated;
REVOKE ALL ON TABLE "DocSearch" FROM PUBLIC, anon, authenticated;
ALTER TABLE "DocSearch" ENABLE ROW LEVEL SECURITY;
GRANT EXECUTE ON FUNCTION find_docs(text,"DocType","ReviewStatus",boolean,uuid,timestamp with time zone,uuid,integer) TO service_role;
GRANT EXECUTE ON FUNCTION keep_search() TO service_role;
GRANT EXECUTE ON FUNCTION search_words(text) TO service_role;
GRANT DELETE, INSERT, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "DocSearch" TO service_role;
