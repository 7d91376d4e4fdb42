SET LOCAL lock_timeout = '5s';

ALTER TABLE "DocSearch" VALIDATE CONSTRAINT "DocSearch_doc_id_fkey";
