-- What a guest holds of an order: a token, and where they can be written to.

-- CreateTable
CREATE TABLE "guest_orders" (
    "order_id" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "cart_id" TEXT NOT NULL,
    "email" TEXT,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "guest_orders_pkey" PRIMARY KEY ("order_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "guest_orders_token_hash_key" ON "guest_orders"("token_hash");

-- What has been done with for too long is looked for oldest first.
CREATE INDEX "guest_orders_done" ON "guest_orders" ("done_at") WHERE "done_at" IS NOT NULL;
