SET LOCAL lock_timeout = '5s';

ALTER TABLE "OutboxEvent" VALIDATE CONSTRAINT event_attempts_count;
ALTER TABLE "OutboxEvent" VALIDATE CONSTRAINT event_data_is_object;
ALTER TABLE "OutboxEvent" VALIDATE CONSTRAINT event_has_a_type;
ALTER TABLE "OutboxEvent" VALIDATE CONSTRAINT event_is_tried_or_over;
