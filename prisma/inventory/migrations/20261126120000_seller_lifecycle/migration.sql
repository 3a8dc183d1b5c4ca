-- CreateTable
CREATE TABLE "sellers" (
    "id" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "sellers_pkey" PRIMARY KEY ("id")
);

ALTER TABLE "sellers" ADD CONSTRAINT "sellers_version_check" CHECK ("version" > 0);
