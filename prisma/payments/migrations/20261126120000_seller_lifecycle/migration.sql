-- CreateTable
CREATE TABLE "verified_users" (
    "user_id" TEXT NOT NULL,

    CONSTRAINT "verified_users_pkey" PRIMARY KEY ("user_id")
);
