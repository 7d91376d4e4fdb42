-- The pages that are plainly one document with a page (continuation), in order, its document's included: no
-- more than fifty.
CREATE OR REPLACE FUNCTION proposed_document(doc "Doc") RETURNS uuid[]
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  pages uuid[] := ARRAY(SELECT id FROM pages_of_document(doc.id));
  page "Doc";
  reach constant integer := 50;
BEGIN
  WHILE cardinality(pages) < reach LOOP
    SELECT * INTO page FROM "Doc" WHERE id = pages[1];
    EXIT WHEN continuation(page) IS NULL;
    SELECT * INTO page FROM "Doc"
    WHERE job_thread_id = doc.job_thread_id AND page_number = page.page_number - 1;
    EXIT WHEN page.id IS NULL OR page.id = ANY (pages);
    pages := ARRAY(SELECT id FROM pages_of_document(page.id)) || pages;
  END LOOP;
  WHILE cardinality(pages) < reach LOOP
    SELECT * INTO page FROM "Doc" WHERE id = pages[cardinality(pages)];
    SELECT * INTO page FROM "Doc"
    WHERE job_thread_id = doc.job_thread_id AND page_number = page.page_number + 1;
    EXIT WHEN page.id IS NULL OR page.id = ANY (pages) OR continuation(page) IS NULL;
    pages := pages || ARRAY(SELECT id FROM pages_of_document(page.id));
  END LOOP;
  RETURN pages;
END
$$;
