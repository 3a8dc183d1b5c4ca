-- An order may be paid with a card that its buyer keeps with payments: of that its id is kept, in the place of a token.

-- AlterTable
ALTER TABLE "order_payment_tokens" ALTER COLUMN "token" DROP NOT NULL, ADD COLUMN "payment_method_id" TEXT;

-- What the tables cannot say alone.

ALTER TABLE order_payment_tokens ADD CHECK (num_nonnulls(token, payment_method_id) = 1);
