-- CreateTable
CREATE TABLE "deleted_users" (
    "user_id" TEXT NOT NULL,

    CONSTRAINT "deleted_users_pkey" PRIMARY KEY ("user_id")
);
