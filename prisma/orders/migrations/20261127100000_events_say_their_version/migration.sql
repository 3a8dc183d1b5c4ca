-- Which shape each event's payload has. What is there already is the first version of its type, and so is whatever code
-- that does not say so goes on to write.
ALTER TABLE "order_events" ADD COLUMN "schema_version" SMALLINT NOT NULL DEFAULT 1;
ALTER TABLE "order_events" ADD CONSTRAINT "order_events_schema_version_check" CHECK ("schema_version" > 0);
