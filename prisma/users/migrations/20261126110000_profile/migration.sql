-- CreateTable
CREATE TABLE "addresses" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "line1" TEXT NOT NULL,
    "line2" TEXT,
    "city" TEXT NOT NULL,
    "region" TEXT,
    "postal_code" TEXT,
    "country" TEXT NOT NULL,
    "phone" TEXT,
    "is_default_shipping" BOOLEAN NOT NULL DEFAULT false,
    "is_default_billing" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "addresses_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "preferences" (
    "user_id" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "channels" TEXT[],

    CONSTRAINT "preferences_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "wishlist_items" (
    "user_id" TEXT NOT NULL,
    "product_id" TEXT NOT NULL,
    "position" BIGSERIAL NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "wishlist_items_pkey" PRIMARY KEY ("user_id","product_id")
);

-- CreateTable
CREATE TABLE "avatars" (
    "user_id" TEXT NOT NULL,
    "file_id" TEXT NOT NULL,

    CONSTRAINT "avatars_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "avatar_uploads" (
    "user_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "taken" BOOLEAN NOT NULL DEFAULT false,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "avatar_uploads_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "doomed_files" (
    "key" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "doomed_files_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "addresses_user_id_idx" ON "addresses"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "wishlist_items_position_key" ON "wishlist_items"("position");

-- CreateIndex
CREATE INDEX "wishlist_items_user_id_position_idx" ON "wishlist_items"("user_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "avatars_file_id_key" ON "avatars"("file_id");

-- CreateIndex
CREATE UNIQUE INDEX "avatar_uploads_id_key" ON "avatar_uploads"("id");

-- CreateIndex
CREATE UNIQUE INDEX "avatar_uploads_fingerprint_key" ON "avatar_uploads"("fingerprint");

-- CreateIndex
CREATE INDEX "doomed_files_due_at_idx" ON "doomed_files"("due_at");

-- AddForeignKey
ALTER TABLE "addresses" ADD CONSTRAINT "addresses_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "preferences" ADD CONSTRAINT "preferences_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "wishlist_items" ADD CONSTRAINT "wishlist_items_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "avatars" ADD CONSTRAINT "avatars_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "avatar_uploads" ADD CONSTRAINT "avatar_uploads_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand from here: what Prisma's schema cannot say.

CREATE UNIQUE INDEX "addresses_one_default_shipping" ON "addresses" ("user_id") WHERE "is_default_shipping";
CREATE UNIQUE INDEX "addresses_one_default_billing" ON "addresses" ("user_id") WHERE "is_default_billing";
ALTER TABLE "addresses"
  ADD CONSTRAINT "addresses_country_is_a_code" CHECK ("country" ~ '^[A-Z]{2}$'),
  ADD CONSTRAINT "addresses_are_of_sane_length" CHECK (
    length("name") BETWEEN 1 AND 100 AND length("line1") BETWEEN 1 AND 100 AND length("line2") BETWEEN 1 AND 100
    AND length("city") BETWEEN 1 AND 100 AND length("region") BETWEEN 1 AND 100 AND length("postal_code") BETWEEN 1 AND 16
    AND length("phone") BETWEEN 1 AND 32);
ALTER TABLE "preferences"
  ADD CONSTRAINT "preferences_currency_is_a_code" CHECK ("currency" ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT "preferences_locale_is_short" CHECK (length("locale") BETWEEN 2 AND 35),
  ADD CONSTRAINT "preferences_channels_are_known" CHECK ("channels" IS NOT NULL AND "channels" <@ ARRAY['EMAIL', 'SMS', 'PUSH']);
ALTER TABLE "wishlist_items"
  ADD CONSTRAINT "wishlist_items_product_is_an_id" CHECK (length("product_id") BETWEEN 1 AND 64);
ALTER TABLE "avatar_uploads"
  ADD CONSTRAINT "avatar_uploads_are_hashed" CHECK ("fingerprint" ~ '^[0-9a-f]{64}$');
