-- By what a guest, whom payments does not know, is shown the payment of their order.
ALTER TABLE "payments" ADD COLUMN "guest_token_hash" TEXT;
