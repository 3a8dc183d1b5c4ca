import type { Change } from '../application/ports.ts';
import { textOfHtml } from '../domain/description.ts';
import { named, type OptionValue, optionLabel, optionTerm } from '../domain/options.ts';
import { lowestPrice, ownTitle, type Product, soldVariants } from '../domain/product.ts';
import type { Prisma } from './generated/client.ts';

/** New products and changed ones, each table in one statement however many there are. */
export const saveProducts = async (
  tx: Prisma.TransactionClient,
  changes: readonly Change[],
): Promise<void> => {
  await saveRows(
    tx,
    changes.map(({ product }) => product),
  );
  await saveVariants(tx, changes);
};

const saveRows = async (tx: Prisma.TransactionClient, products: readonly Product[]): Promise<void> => {
  // A slug stays its product's for good. One that is another's violates the key, whoever was faster; in order, so that two
  // transactions that name the same slugs meet in the same order.
  await tx.$executeRaw`
    WITH saved AS (SELECT * FROM json_to_recordset(${JSON.stringify(products.map(productRow))}::json) AS row (
      id text, seller_id text, category_id text, slug text, title text, description text, description_text text,
      status text, version int, lowest_minor bigint, lowest_currency text, tags text[], specifications jsonb,
      options text[], option_terms text[], option_labels text[], images jsonb, variant_terms text)),
    named AS (
      INSERT INTO product_slugs (slug, product_id)
      SELECT slug, id FROM saved
      WHERE NOT EXISTS (
        SELECT FROM product_slugs known WHERE (known.slug, known.product_id) = (saved.slug, saved.id))
      ORDER BY slug)
    INSERT INTO products (id, seller_id, category_id, slug, title, description, description_text, status, version,
                          lowest_minor, lowest_currency, tags, specifications, options, option_terms, option_labels,
                          images, variant_terms)
    SELECT * FROM saved
    ON CONFLICT (id) DO UPDATE SET
      category_id = excluded.category_id, slug = excluded.slug, title = excluded.title, description = excluded.description,
      description_text = excluded.description_text,
      status = excluded.status, version = excluded.version, lowest_minor = excluded.lowest_minor,
      lowest_currency = excluded.lowest_currency, tags = excluded.tags, specifications = excluded.specifications,
      options = excluded.options, option_terms = excluded.option_terms,
      option_labels = excluded.option_labels, images = excluded.images, variant_terms = excluded.variant_terms, updated_at = now()`;
};

/** A row of `products`, as JSON. */
const productRow = (product: Product) => {
  const lowest = lowestPrice(product);
  const options = optionsOf(product);
  return {
    id: product.id,
    seller_id: product.sellerId,
    category_id: product.categoryId,
    slug: product.slug,
    title: product.title,
    description: product.description,
    description_text: product.description && textOfHtml(product.description),
    status: product.status,
    version: product.version,
    lowest_minor: lowest.minor.toString(),
    lowest_currency: lowest.currency,
    tags: product.tags,
    specifications: product.specifications,
    options: product.options,
    option_terms: options.map(optionTerm),
    option_labels: options.map(optionLabel),
    images: product.images,
    variant_terms: searchTerms(product),
  };
};

/** Sorted by SKU, so that two transactions that add the same SKUs meet in the same order. */
const saveVariants = async (tx: Prisma.TransactionClient, changes: readonly Change[]): Promise<void> => {
  const rows = changes
    .flatMap(({ product, variants }) => variants.map((variant) => variantRow(product, variant)))
    .toSorted((a, b) => (a.sku < b.sku ? -1 : 1));
  if (rows.length === 0) return;
  // All parts of one statement see the variants as they were before it.
  await tx.$executeRaw`
    WITH saved AS (SELECT * FROM json_to_recordset(${JSON.stringify(rows)}::json) AS row (
      id text, product_id text, position int, sku text, title text, price_minor bigint, currency text, version int,
      options text[], option_terms text[], active boolean, on_sale boolean)),
    priced AS (
      INSERT INTO price_changes (variant_id, price_minor, currency, on_sale)
      SELECT saved.id, saved.price_minor, saved.currency, saved.on_sale
      FROM saved LEFT JOIN LATERAL (
        SELECT * FROM price_changes WHERE variant_id = saved.id ORDER BY id DESC LIMIT 1) last ON true
      WHERE (last.price_minor, last.currency, last.on_sale)
        IS DISTINCT FROM (saved.price_minor, saved.currency, saved.on_sale))
    INSERT INTO variants (id, product_id, position, sku, title, price_minor, currency, version, options,
                          option_terms, active)
    SELECT id, product_id, position, sku, title, price_minor, currency, version, options, option_terms, active
    FROM saved
    ON CONFLICT (id) DO UPDATE SET
      title = excluded.title, price_minor = excluded.price_minor, currency = excluded.currency,
      version = excluded.version, options = excluded.options, option_terms = excluded.option_terms,
      active = excluded.active`;
};

/** A row of `variants` as JSON, with whether it can be bought. */
const variantRow = (product: Product, variant: Change['variants'][number]) => ({
  id: variant.id,
  product_id: product.id,
  position: product.variants.findIndex(({ id }) => id === variant.id),
  sku: variant.sku,
  title: variant.title,
  price_minor: variant.price.minor.toString(),
  currency: variant.price.currency,
  version: variant.version,
  options: variant.options,
  // What is not sold any more is not found by what it is.
  option_terms: variant.active ? named(product.options, variant.options).map(optionTerm) : [],
  active: variant.active,
  on_sale: product.status === 'ACTIVE' && variant.active,
});

/** What its variants that are sold are, each once. */
const optionsOf = (product: Product): OptionValue[] => [
  ...new Map(
    soldVariants(product)
      .flatMap((variant) => named(product.options, variant.options))
      .toReversed()
      .map((option) => [optionTerm(option), option]),
  ).values(),
];

/** What can be searched for beside the title and the description. */
const searchTerms = (product: Product): string =>
  [
    ...soldVariants(product).flatMap((variant) => [variant.sku, ownTitle(variant) ?? []].flat()),
    ...product.tags,
  ].join(' ');
