-- Orders that were placed without an account and are an account's now.

-- CreateTable
CREATE TABLE "claimed_orders" (
    "order_id" TEXT NOT NULL,
    "buyer_id" TEXT NOT NULL,

    CONSTRAINT "claimed_orders_pkey" PRIMARY KEY ("order_id")
);
