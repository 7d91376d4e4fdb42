-- Ends a person's claim of a row and of the other pages of its document; of nobody else's.
CREATE OR REPLACE FUNCTION release_doc(p_doc_id uuid, p_actor text) RETURNS void
LANGUAGE sql SECURITY INVOKER SET search_path = public, pg_temp AS $$
  UPDATE "Doc" SET claimed_by = NULL, claimed_until = NULL
  WHERE id IN (SELECT id FROM pages_of_document(p_doc_id)) AND claimed_by = p_actor
$$;
