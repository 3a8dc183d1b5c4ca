-- What a card's bank wants of who tops up, and until when they may do it.
ALTER TABLE wallet_requests
  ADD COLUMN next_action jsonb,
  ADD COLUMN answer_by timestamptz(3),
  ADD CONSTRAINT what_is_to_be_done_has_a_time CHECK ((next_action IS NULL) = (answer_by IS NULL)),
  ADD CONSTRAINT only_pending_top_ups_wait
    CHECK (next_action IS NULL OR (kind = 'TOP_UP' AND status = 'PENDING'));
