-- Pages in which all words of a text stand, or words that begin so, the newest first: what a list of them
-- shows, of the document that they are of. Signs don't count. Without a text all pages that fit the rest. Continued after a page that was
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
  query tsquery := search_query(p_text);
BEGIN
  RETURN (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
      'id', doc.id, 'job_id', doc.job_thread_id, 'file_name', doc.file_name,
      'page_number', doc.page_number, 'doc_type', doc.doc_type, 'review', doc.review,
      'needs_review', doc.needs_review, 'created_at', doc.created_at,
      'is_duplicate', doc.ocr_payload -> 'findings' @> '[{"code": "document.duplicate"}]',
      'number', printed.number, 'date', printed.date, 'party', printed.party,
      'gstin', printed.gstin, 'amount', printed.amount,
      'document', coalesce(doc.head_id, doc.id), 'bundle', bundled(coalesce(doc.head_id, doc.id))
    ) ORDER BY doc.created_at DESC, doc.id DESC), '[]')
    FROM (
      SELECT "Doc".*, job.file_name, fields_of_document(coalesce(head, "Doc")) AS fields
      FROM "Doc" LEFT JOIN "Doc" AS head ON head.id = "Doc".head_id JOIN "JobThread" AS job ON job.id = "Doc".job_thread_id
      WHERE (query IS NULL OR "Doc".id IN (
          SELECT doc_id FROM "DocSearch"
          WHERE words @@ query AND (p_user_id IS NULL OR "DocSearch".user_id = p_user_id)))
        AND (p_doc_type IS NULL OR "Doc".doc_type = p_doc_type)
        AND (p_review IS NULL OR "Doc".review = p_review)
        AND (p_needs_review IS NULL OR "Doc".needs_review = p_needs_review)
        AND (p_user_id IS NULL OR "Doc".user_id = p_user_id)
        AND (p_before IS NULL OR ("Doc".created_at, "Doc".id) < (p_before, p_before_id))
      ORDER BY "Doc".created_at DESC, "Doc".id DESC LIMIT p_limit
    ) AS doc, LATERAL listed_fields(doc.fields) AS printed);
END
$$;
