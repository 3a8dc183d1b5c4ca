-- What a provider pays of a currency beyond what it holds of it for us.
ALTER TABLE journals DROP CONSTRAINT journals_kind_check;
ALTER TABLE journals ADD CHECK (kind IN ('CAPTURE', 'RELEASE', 'REFUND', 'REFUND_SETTLED', 'TOP_UP', 'WITHDRAWAL', 'PAYOUT',
  'WRITE_OFF', 'LOSS', 'ADVANCE', 'RECONCILIATION'));
