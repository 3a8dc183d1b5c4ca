-- CreateTable
CREATE TABLE "linked_identities" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "linked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "linked_identities_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_attempts" (
    "state_fingerprint" TEXT NOT NULL,
    "binding_fingerprint" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "return_to" TEXT NOT NULL,
    "user_id" TEXT,
    "proven" JSONB,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_attempts_pkey" PRIMARY KEY ("state_fingerprint")
);

-- CreateIndex
CREATE UNIQUE INDEX "linked_identities_issuer_subject_key" ON "linked_identities"("issuer", "subject");

-- CreateIndex
CREATE INDEX "linked_identities_user_id_idx" ON "linked_identities"("user_id");

-- CreateIndex
CREATE INDEX "sign_in_attempts_expires_at_idx" ON "sign_in_attempts"("expires_at");

-- AddForeignKey
ALTER TABLE "linked_identities" ADD CONSTRAINT "linked_identities_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand from here: what Prisma's schema cannot say.

ALTER TABLE "linked_identities"
  ADD CONSTRAINT "linked_identities_say_who" CHECK ("issuer" <> '' AND length("subject") BETWEEN 1 AND 255);
ALTER TABLE "sign_in_attempts"
  ADD CONSTRAINT "sign_in_attempts_are_hashed" CHECK (
    "state_fingerprint" ~ '^[0-9a-f]{64}$' AND "binding_fingerprint" ~ '^[0-9a-f]{64}$');
