-- Locks a row, and the other pages of its document, for a person who writes, and refuses where it has
-- changed since they looked at it, or somebody else has it open.
CREATE OR REPLACE FUNCTION hold_doc(p_doc_id uuid, p_actor text, p_version integer DEFAULT NULL)
RETURNS "Doc"
LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  doc "Doc";
BEGIN
  PERFORM FROM "Doc" WHERE id IN (SELECT id FROM pages_of_document(p_doc_id)) ORDER BY page_number FOR UPDATE;
  SELECT * INTO doc FROM "Doc" WHERE id = p_doc_id FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'There is no such page any more.' USING ERRCODE = 'BS007';
  END IF;
  IF coalesce(p_actor, '') !~ '\S' THEN
    RAISE EXCEPTION 'Say who you are: what is done to a page is kept with a name.' USING ERRCODE = 'BS005';
  END IF;
  IF doc.claimed_by <> p_actor AND doc.claimed_until > clock_timestamp() THEN
    RAISE EXCEPTION '% has this page open. Take another one, or try again in % minutes.', doc.claimed_by,
      ceil(extract(epoch FROM doc.claimed_until - clock_timestamp()) / 60) USING ERRCODE = 'BS009';
  END IF;
  IF doc.version <> p_version THEN
    RAISE EXCEPTION 'The page has changed since you opened it. Look at it again.' USING ERRCODE = 'BS008';
  END IF;
  RETURN doc;
END
$$;
