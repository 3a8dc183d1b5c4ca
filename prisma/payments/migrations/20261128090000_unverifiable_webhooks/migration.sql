-- A webhook whose certificate cannot be had now is refused, and counted, like one that is not signed.
ALTER TABLE refused_webhooks
  DROP CONSTRAINT refused_webhooks_code_check,
  ADD CONSTRAINT refused_webhooks_code_check CHECK (code IN ('UNSIGNED', 'STALE', 'UNREADABLE', 'UNVERIFIABLE'));
