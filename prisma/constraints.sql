-- What no row may say, whoever writes it: the domain rules it out, and a later phase, a hand on the
-- database or a mistake could say it all the same. NaN is more than 1.

-- Jobs: a status comes with what it means --------------------------------------------------------

ALTER TABLE "JobThread"
  ADD CONSTRAINT job_processing_is_held CHECK (status <> 'processing'
    OR (started_at IS NOT NULL AND execution IS NOT NULL AND run_token IS NOT NULL
      AND lease_until IS NOT NULL)),
  ADD CONSTRAINT job_processed_has_its_time CHECK (status <> 'processed' OR completed_at IS NOT NULL),
  ADD CONSTRAINT job_error_has_its_time_and_reason CHECK (status <> 'error'
    OR (failed_at IS NOT NULL AND error IS NOT NULL AND error ~ '\S' AND error_message IS NOT NULL
      AND error_message ~ '\S')),
  ADD CONSTRAINT job_waiting_has_its_time_and_model CHECK (status <> 'waiting'
    OR (waiting_since IS NOT NULL AND waiting_for IS NOT NULL)),
  ADD CONSTRAINT job_attempt_counts CHECK (attempt >= 0),
  ADD CONSTRAINT job_page_count_counts CHECK (page_count >= 0),
  ADD CONSTRAINT job_pages_are_numbers CHECK (1 <= ALL (classified_pages) AND 1 <= ALL (read_pages)),
  ADD CONSTRAINT job_sums_count CHECK (model_calls >= 0 AND input_tokens >= 0 AND output_tokens >= 0
    AND cost_usd >= 0 AND cache_hits >= 0),
  ADD CONSTRAINT job_upload_is_object CHECK (jsonb_typeof(upload) = 'object'),
  ADD CONSTRAINT job_replay_is_object CHECK (jsonb_typeof(replay) = 'object');

ALTER TABLE "JobAttempt"
  ADD CONSTRAINT attempt_number_counts CHECK (attempt >= 1),
  ADD CONSTRAINT attempt_end_has_its_outcome CHECK ((ended_at IS NULL) = (outcome IS NULL));

ALTER TABLE "JobDeletion"
  ADD CONSTRAINT deletion_is_somebodys CHECK (actor ~ '\S'),
  ADD CONSTRAINT deletion_counts CHECK (pages >= 0 AND approved >= 0);

-- Pages ------------------------------------------------------------------------------------------

ALTER TABLE "Doc"
  ADD CONSTRAINT doc_page_is_number CHECK (page_number >= 1),
  ADD CONSTRAINT doc_confidence_is_share CHECK (confidence >= 0 AND confidence <= 1),
  ADD CONSTRAINT doc_payload_is_object CHECK (jsonb_typeof(ocr_payload) = 'object'),
  ADD CONSTRAINT doc_schema_version_counts CHECK (schema_version >= 1),
  ADD CONSTRAINT doc_error_says_something CHECK (error ~ '\S'),
  ADD CONSTRAINT doc_draft_is_of_what_was_read CHECK (status <> 'draft_pending'
    OR (doc_type <> 'unknown' AND error IS NULL)),
  ADD CONSTRAINT doc_image_is_somewhere CHECK (storage_uri <> ''),
  ADD CONSTRAINT doc_corrected_fields_are_object CHECK (jsonb_typeof(corrected_fields) = 'object'),
  ADD CONSTRAINT doc_decision_is_somebodys CHECK (review = 'to_review'
    OR (reviewed_by IS NOT NULL AND reviewed_at IS NOT NULL)),
  ADD CONSTRAINT doc_approval_is_of_what_was_read CHECK (review <> 'approved'
    OR ((doc_type <> 'unknown' OR head_id IS NOT NULL) AND error IS NULL AND approved_hash IS NOT NULL)),
  ADD CONSTRAINT doc_place_is_in_a_document CHECK (place >= 1 AND (head_id IS NULL OR place > 1)),
  ADD CONSTRAINT doc_document_fields_are_the_first_pages CHECK (document_fields IS NULL
    OR (head_id IS NULL AND jsonb_typeof(document_fields) = 'object')),
  ADD CONSTRAINT doc_version_counts CHECK (version >= 1),
  ADD CONSTRAINT doc_claim_ends CHECK ((claimed_by IS NULL) = (claimed_until IS NULL));

ALTER TABLE "DocCorrection"
  ADD CONSTRAINT correction_is_of_a_field CHECK (path ~ '^(/[A-Za-z0-9_.-]{1,100}){0,8}$'),
  ADD CONSTRAINT correction_is_somebodys CHECK (actor ~ '\S');

ALTER TABLE "DocPlacement"
  ADD CONSTRAINT placement_is_somebodys CHECK (actor ~ '\S'),
  ADD CONSTRAINT placement_is_in_a_document CHECK ((document_id IS NULL) = (place IS NULL) AND place >= 1);

ALTER TABLE "DocDecision"
  ADD CONSTRAINT decision_is_somebodys CHECK (actor ~ '\S');

ALTER TABLE "DocRevision"
  ADD CONSTRAINT revision_confidence_is_share CHECK (confidence >= 0 AND confidence <= 1),
  ADD CONSTRAINT revision_payload_is_object CHECK (jsonb_typeof(ocr_payload) = 'object');

ALTER TABLE "StagedDoc"
  ADD CONSTRAINT staged_page_is_number CHECK (page_number >= 1),
  ADD CONSTRAINT staged_doc_is_object CHECK (jsonb_typeof(doc) = 'object');

-- Models and what they are asked -------------------------------------------------------------------

ALTER TABLE "ModelCall"
  ADD CONSTRAINT call_pages_are_numbers CHECK (1 <= ALL (pages)),
  ADD CONSTRAINT call_sums_count CHECK (attempt >= 1 AND input_tokens >= 0 AND output_tokens >= 0
    AND cost_usd >= 0 AND elapsed_ms >= 0);

ALTER TABLE "ModelBreaker"
  ADD CONSTRAINT breaker_counts CHECK (openings >= 0 AND allowance >= 0);

ALTER TABLE "DocTypeSchema"
  ADD CONSTRAINT schema_version_counts CHECK (version >= 1),
  ADD CONSTRAINT schema_is_object CHECK (json_typeof(schema) = 'object');

-- What is told ------------------------------------------------------------------------------------

ALTER TABLE "OutboxEvent"
  ADD CONSTRAINT event_has_a_type CHECK (type ~ '^[a-z_]+(\.[a-z_]+)+$'),
  ADD CONSTRAINT event_data_is_object CHECK (jsonb_typeof(data) = 'object'),
  ADD CONSTRAINT event_attempts_count CHECK (attempts >= 0),
  ADD CONSTRAINT event_is_tried_or_over CHECK ((outcome IS NULL) = (ended_at IS NULL)
    AND (outcome IS NULL) = (due_at IS NOT NULL) AND outcome IN ('sent', 'given_up', 'unwanted'));
