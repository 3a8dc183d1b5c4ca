-- CreateTable
CREATE TABLE "provider_events" (
    "id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "subject" TEXT,
    "minor" BIGINT,
    "currency" TEXT,
    "digest" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "provider_events_pkey" PRIMARY KEY ("provider","id")
);

-- CreateTable
CREATE TABLE "provider_event_outcomes" (
    "event_id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "handled_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "provider_event_outcomes_pkey" PRIMARY KEY ("provider","event_id")
);

-- CreateTable
CREATE TABLE "refused_webhooks" (
    "provider" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "minute" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 1,
    "last_digest" TEXT NOT NULL,

    CONSTRAINT "refused_webhooks_pkey" PRIMARY KEY ("provider","code","minute")
);

-- AddForeignKey
ALTER TABLE "provider_event_outcomes" ADD CONSTRAINT "provider_event_outcomes_provider_event_id_fkey" FOREIGN KEY ("provider", "event_id") REFERENCES "provider_events"("provider", "id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- What the tables cannot say alone.

ALTER TABLE provider_event_outcomes
  ADD CHECK (outcome IN ('LOOKED_UP', 'NOTHING_TO_DO', 'NOT_OURS', 'UNKNOWN_PAYMENT', 'WRONG_AMOUNT', 'UNEXPECTED_MONEY'));
ALTER TABLE refused_webhooks ADD CHECK (code IN ('UNSIGNED', 'STALE', 'UNREADABLE')), ADD CHECK (count > 0);

-- What a provider told stays as it was told, and what came of it, too.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON provider_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON provider_event_outcomes
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON provider_events, provider_event_outcomes FROM emporium_payments;
REVOKE DELETE, TRUNCATE ON refused_webhooks FROM emporium_payments;

-- What the auditor may see.
CREATE VIEW audit_provider_event AS
  SELECT events.provider, events.id AS event_id, type, subject AS payment_id, minor, currency, received_at, outcome, handled_at
  FROM provider_events AS events LEFT JOIN provider_event_outcomes AS outcomes
    ON outcomes.provider = events.provider AND outcomes.event_id = events.id;
CREATE VIEW audit_refused_webhook AS SELECT provider, code, minute, count FROM refused_webhooks;
REVOKE ALL ON audit_provider_event, audit_refused_webhook FROM emporium_payments;
GRANT SELECT ON audit_provider_event, audit_refused_webhook TO emporium_auditor;
