-- What a provider keeps of a movement for itself stays beside the movement.
ALTER TABLE reported_movements ADD COLUMN fee BIGINT NOT NULL DEFAULT 0;
ALTER TABLE reconciliation_totals ADD COLUMN fees BIGINT NOT NULL DEFAULT 0;
