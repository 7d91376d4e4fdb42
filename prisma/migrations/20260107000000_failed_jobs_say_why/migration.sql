-- A job that failed says why, in a sentence: `null` and blanks once came from errors without a message.

UPDATE "JobThread"
SET error_message = 'Something went wrong that Billstep was not prepared for. Retry the job.'
WHERE status = 'error' AND coalesce(btrim(error_message), '') IN ('', 'null');

ALTER TABLE "JobThread" ADD CONSTRAINT "JobThread_failed_says_why"
  CHECK (status <> 'error' OR coalesce(btrim(error_message), '') NOT IN ('', 'null'));
