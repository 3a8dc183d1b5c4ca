-- CreateTable
CREATE TABLE "product_imports" (
    "id" TEXT NOT NULL,
    "seller_id" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'AWAITING_FILE',
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "lease" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "last_row" INTEGER NOT NULL DEFAULT 0,
    "chain" TEXT NOT NULL DEFAULT '',
    "bytes_done" BIGINT NOT NULL DEFAULT 0,
    "bytes_total" BIGINT,
    "created" INTEGER NOT NULL DEFAULT 0,
    "updated" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "problem_code" TEXT,
    "problem_row" INTEGER,
    "problem_field" TEXT,
    "problem_message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "product_imports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "product_import_rows" (
    "import_id" TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    "sku" TEXT NOT NULL,
    "product_key" TEXT,
    "outcome" TEXT NOT NULL,
    "code" TEXT,
    "field" TEXT,
    "message" TEXT,

    CONSTRAINT "product_import_rows_pkey" PRIMARY KEY ("import_id","row")
);

-- CreateTable
CREATE TABLE "product_exports" (
    "id" TEXT NOT NULL,
    "seller_id" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "product_exports_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "product_imports_fingerprint_key" ON "product_imports"("fingerprint");

-- CreateIndex
CREATE INDEX "product_imports_seller_id_id_idx" ON "product_imports"("seller_id", "id");

-- CreateIndex
CREATE INDEX "product_import_rows_import_id_sku_idx" ON "product_import_rows"("import_id", "sku");

-- CreateIndex
CREATE INDEX "product_import_rows_import_id_product_key_idx" ON "product_import_rows"("import_id", "product_key");

-- CreateIndex
CREATE INDEX "product_import_rows_import_id_outcome_row_idx" ON "product_import_rows"("import_id", "outcome", "row");

-- CreateIndex
CREATE UNIQUE INDEX "product_exports_fingerprint_key" ON "product_exports"("fingerprint");

-- CreateIndex
CREATE INDEX "product_exports_seller_id_idx" ON "product_exports"("seller_id");

-- AddForeignKey
ALTER TABLE "product_import_rows" ADD CONSTRAINT "product_import_rows_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "product_imports"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "product_imports"
    ADD CONSTRAINT "product_imports_status_check" CHECK (status IN ('AWAITING_FILE', 'RUNNING', 'STOPPED', 'DONE')),
    ADD CONSTRAINT "product_imports_lease_check" CHECK ((lease IS NULL) = (lease_until IS NULL));
ALTER TABLE "product_import_rows"
    ADD CONSTRAINT "product_import_rows_outcome_check" CHECK (outcome IN ('CREATED', 'UPDATED', 'UNCHANGED', 'REFUSED')),
    ADD CONSTRAINT "product_import_rows_refusal_check" CHECK ((outcome = 'REFUSED') = (code IS NOT NULL)),
    ADD CONSTRAINT "product_import_rows_sku_check" CHECK (char_length(sku) <= 64);
