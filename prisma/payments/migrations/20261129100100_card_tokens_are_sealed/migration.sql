-- A card's token comes sealed from orders; one that cannot be opened does not pay.
ALTER TABLE payments
  DROP CONSTRAINT payments_decline_reason_check,
  ADD CONSTRAINT payments_decline_reason_check CHECK (decline_reason IN
    ('CARD_DECLINED', 'INSUFFICIENT_FUNDS', 'PROVIDER_ERROR', 'METHOD_NOT_FOUND', 'METHOD_REMOVED', 'METHOD_EXPIRED',
     'TOKEN_UNREADABLE'));

-- Tokens in clear leave the messages that a person has decided on: nobody handles these again.
UPDATE parked_messages SET envelope = envelope #- '{payload,token}'
WHERE subject = 'emporium.orders.payment-requested.v1' AND resolution IS NOT NULL
  AND envelope -> 'payload' ->> 'token' IS NOT NULL;
