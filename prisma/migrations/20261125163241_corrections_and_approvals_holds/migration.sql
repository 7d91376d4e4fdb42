SET LOCAL lock_timeout = '5s';

ALTER TABLE "DocCorrection" VALIDATE CONSTRAINT "DocCorrection_doc_id_fkey";
ALTER TABLE "DocDecision" VALIDATE CONSTRAINT "DocDecision_doc_id_fkey";
ALTER TABLE "DocCorrection" VALIDATE CONSTRAINT correction_is_of_a_field;
ALTER TABLE "DocCorrection" VALIDATE CONSTRAINT correction_is_somebodys;
ALTER TABLE "DocDecision" VALIDATE CONSTRAINT decision_is_somebodys;
ALTER TABLE "Doc" VALIDATE CONSTRAINT doc_approval_is_of_what_was_read;
ALTER TABLE "Doc" VALIDATE CONSTRAINT doc_claim_ends;
ALTER TABLE "Doc" VALIDATE CONSTRAINT doc_corrected_fields_are_object;
ALTER TABLE "Doc" VALIDATE CONSTRAINT doc_decision_is_somebodys;
ALTER TABLE "Doc" VALIDATE CONSTRAINT doc_version_counts;
