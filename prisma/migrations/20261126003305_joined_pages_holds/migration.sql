SET LOCAL lock_timeout = '5s';

ALTER TABLE "DocPlacement" VALIDATE CONSTRAINT "DocPlacement_doc_id_fkey";
ALTER TABLE "Doc" VALIDATE CONSTRAINT doc_approval_is_of_what_was_read;
ALTER TABLE "Doc" VALIDATE CONSTRAINT doc_document_fields_are_the_first_pages;
ALTER TABLE "Doc" VALIDATE CONSTRAINT doc_place_is_in_a_document;
ALTER TABLE "DocPlacement" VALIDATE CONSTRAINT placement_is_in_a_document;
ALTER TABLE "DocPlacement" VALIDATE CONSTRAINT placement_is_somebodys;
