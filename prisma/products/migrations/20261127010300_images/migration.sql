-- Shown with the product, written with it, at most ten: in its row.
ALTER TABLE "products"
    ADD COLUMN "images" JSONB NOT NULL DEFAULT '[]',
    ADD CONSTRAINT "products_images_check" CHECK (jsonb_typeof(images) = 'array' AND jsonb_array_length(images) <= 10);

-- CreateTable
CREATE TABLE "image_uploads" (
    "id" TEXT NOT NULL,
    "product_id" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "taken" BOOLEAN NOT NULL DEFAULT false,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "image_uploads_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "doomed_files" (
    "key" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "doomed_files_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "image_uploads_fingerprint_key" ON "image_uploads"("fingerprint");

-- CreateIndex
CREATE INDEX "image_uploads_product_id_idx" ON "image_uploads"("product_id");

-- CreateIndex
CREATE INDEX "doomed_files_due_at_idx" ON "doomed_files"("due_at");

-- AddForeignKey
ALTER TABLE "image_uploads" ADD CONSTRAINT "image_uploads_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products"("id") ON DELETE CASCADE ON UPDATE CASCADE;
