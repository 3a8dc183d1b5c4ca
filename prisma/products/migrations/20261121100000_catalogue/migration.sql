-- CreateTable
CREATE TABLE "categories" (
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "parent_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "categories_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sellers" (
    "id" TEXT NOT NULL,
    "display_name" TEXT,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "sellers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "products" (
    "id" TEXT NOT NULL,
    "seller_id" TEXT NOT NULL,
    "category_id" TEXT,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT,
    "status" TEXT NOT NULL DEFAULT 'ACTIVE',
    "lowest_minor" BIGINT NOT NULL,
    "lowest_currency" TEXT NOT NULL,
    "variant_terms" TEXT NOT NULL,
    -- Written by the database; the title weighs most, then SKUs and variant titles, then the description.
    "document" tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('english'::regconfig, title), 'A')
        || setweight(to_tsvector('english'::regconfig, variant_terms), 'B')
        || setweight(to_tsvector('english'::regconfig, COALESCE(description, '')), 'C')
    ) STORED,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "products_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "variants" (
    "id" TEXT NOT NULL,
    "product_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "sku" TEXT NOT NULL,
    "title" TEXT,
    "price_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "variants_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "position" BIGSERIAL NOT NULL,
    "id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "aggregate_id" TEXT NOT NULL,
    "envelope" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "published_at" TIMESTAMPTZ(3),
    "stream_sequence" BIGINT,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inbox" (
    "consumer" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "handled_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("consumer","event_id")
);

-- CreateTable
CREATE TABLE "parked_messages" (
    "id" TEXT NOT NULL,
    "consumer" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "envelope" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "parked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolution" TEXT,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "parked_messages_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "categories_slug_key" ON "categories"("slug");

-- CreateIndex
CREATE INDEX "categories_parent_id_idx" ON "categories"("parent_id");

-- CreateIndex
CREATE UNIQUE INDEX "products_slug_key" ON "products"("slug");

-- CreateIndex
CREATE INDEX "products_seller_id_id_idx" ON "products"("seller_id", "id");

-- CreateIndex
CREATE INDEX "products_category_id_id_idx" ON "products"("category_id", "id");

-- CreateIndex
CREATE INDEX "products_lowest_currency_lowest_minor_id_idx" ON "products"("lowest_currency", "lowest_minor", "id");

-- CreateIndex
CREATE INDEX "products_document_idx" ON "products" USING GIN ("document");

-- CreateIndex
CREATE UNIQUE INDEX "variants_sku_key" ON "variants"("sku");

-- CreateIndex
CREATE UNIQUE INDEX "variants_product_id_position_key" ON "variants"("product_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_position_key" ON "outbox"("position");

-- CreateIndex
CREATE UNIQUE INDEX "parked_messages_consumer_event_id_key" ON "parked_messages"("consumer", "event_id");

-- AddForeignKey
ALTER TABLE "categories" ADD CONSTRAINT "categories_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "categories"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "products" ADD CONSTRAINT "products_seller_id_fkey" FOREIGN KEY ("seller_id") REFERENCES "sellers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "products" ADD CONSTRAINT "products_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "categories"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "variants" ADD CONSTRAINT "variants_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The last line of defence; the domain says the same with better words.
ALTER TABLE "categories"
    ADD CONSTRAINT "categories_slug_check" CHECK (char_length(slug) BETWEEN 1 AND 100),
    ADD CONSTRAINT "categories_name_check" CHECK (char_length(name) BETWEEN 1 AND 100),
    ADD CONSTRAINT "categories_parent_check" CHECK (parent_id <> id);
ALTER TABLE "sellers" ADD CONSTRAINT "sellers_version_check" CHECK (version >= 0);
ALTER TABLE "products"
    ADD CONSTRAINT "products_slug_check" CHECK (char_length(slug) BETWEEN 1 AND 100),
    ADD CONSTRAINT "products_title_check" CHECK (char_length(title) BETWEEN 1 AND 200),
    ADD CONSTRAINT "products_description_check" CHECK (char_length(description) <= 10000),
    ADD CONSTRAINT "products_status_check" CHECK (status IN ('ACTIVE', 'ARCHIVED')),
    ADD CONSTRAINT "products_lowest_check" CHECK (lowest_minor > 0);
ALTER TABLE "variants"
    ADD CONSTRAINT "variants_sku_check" CHECK (char_length(sku) BETWEEN 1 AND 64),
    ADD CONSTRAINT "variants_title_check" CHECK (char_length(title) BETWEEN 1 AND 200),
    ADD CONSTRAINT "variants_price_check" CHECK (price_minor BETWEEN 1 AND 1000000000000),
    ADD CONSTRAINT "variants_currency_check" CHECK (currency ~ '^[A-Z]{3}$'),
    ADD CONSTRAINT "variants_version_check" CHECK (version > 0);
ALTER TABLE "parked_messages"
    ADD CONSTRAINT "parked_messages_resolution_check" CHECK (resolution IN ('REPLAYED', 'DISCARDED'));

-- Sorting by title, whatever its capitals.
CREATE INDEX "products_title_sort" ON "products" ((lower(title) COLLATE "C"), "id");

-- Finds "mug", "mug-2", "mug-3" when a new "mug" needs a slug of its own.
CREATE INDEX "products_slug_stem" ON "products" ((regexp_replace(slug, '-[0-9]+$', '')));

CREATE INDEX "outbox_unpublished" ON "outbox" ("position") WHERE "published_at" IS NULL;

-- What auditors may see: who was told what, and when; no payload.
CREATE VIEW "audit_outbox" AS
    SELECT id AS event_id, subject, aggregate_id, envelope ->> 'correlationId' AS correlation_id,
           created_at, published_at, stream_sequence
    FROM outbox;
CREATE VIEW "audit_inbox" AS SELECT consumer, event_id, handled_at FROM inbox;
CREATE VIEW "audit_parked" AS SELECT consumer, event_id, subject, reason, resolution FROM parked_messages;

GRANT USAGE ON SCHEMA products TO emporium_auditor;
GRANT SELECT ON audit_outbox, audit_inbox, audit_parked TO emporium_auditor;
