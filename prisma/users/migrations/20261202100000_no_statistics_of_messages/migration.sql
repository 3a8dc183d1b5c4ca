-- Nobody searches by what a message says: without this, each ANALYZE takes thousands of them apart to count what is in them (ADR 125).
ALTER TABLE "outbox" ALTER COLUMN "envelope" SET STATISTICS 0;
