-- A card is also not kept because its bank asks its owner first.
ALTER TABLE payment_methods DROP CONSTRAINT payment_methods_refusal_check;
ALTER TABLE payment_methods ADD CHECK (refusal IN ('CARD_DECLINED', 'AUTHENTICATION_REQUIRED', 'EXPIRED'));
