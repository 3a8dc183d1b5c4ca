-- A card's token waits and travels sealed for payments, which alone can open it. `token` is of orders from before: what is still
-- there is sealed when it is asked with.

-- AlterTable
ALTER TABLE "order_payment_tokens" ADD COLUMN "sealed_token" TEXT;

-- What the tables cannot say alone.

ALTER TABLE order_payment_tokens
  DROP CONSTRAINT order_payment_tokens_check,
  ADD CHECK (num_nonnulls(token, sealed_token, payment_method_id) = 1);

-- Tokens in clear leave the messages that nobody asks with again: those of orders whose payment is decided. Should one be sent
-- again, payments knows its order already. What the broker has yet to take, or an order still waits for, stays as it is.
UPDATE outbox SET envelope = envelope #- '{payload,token}'
WHERE subject = 'emporium.orders.payment-requested.v1' AND published_at IS NOT NULL
  AND envelope -> 'payload' ->> 'token' IS NOT NULL
  AND EXISTS (SELECT FROM orders WHERE orders.id = aggregate_id AND status NOT IN ('PENDING', 'RESERVED'));
