import type { Change } from '../application/ports.ts';
import { textOfHtml } from '../domain/description.ts';
import { named, type OptionValue, optionLabel, optionTerm } from '../domain/options.ts';
import { lowestPrice, ownTitle, type Product, soldVariants } from '../domain/product.ts';
import { Prisma } from './generated/client.ts';

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
  const column = <T>(of: (product: Product) => T): T[] => products.map(of);
  // A slug stays its product's for good. One that is another's violates the key, whoever was faster; in order, so that two
  // transactions that name the same slugs meet in the same order.
  await tx.$executeRaw`
    WITH saved AS (SELECT * FROM unnest(
      ${column(({ id }) => id)}::text[],
      ${column(({ sellerId }) => sellerId)}::text[],
      ${column(({ categoryId }) => categoryId)}::text[],
      ${column(({ slug }) => slug)}::text[],
      ${column(({ title }) => title)}::text[],
      ${column(({ description }) => description)}::text[],
      ${column(({ description }) => description && textOfHtml(description))}::text[],
      ${column(({ status }) => status)}::text[],
      ${column(({ version }) => version)}::int[],
      ${column((product) => lowestPrice(product).minor.toString())}::bigint[],
      ${column((product) => lowestPrice(product).currency)}::text[],
      ${column(({ tags }) => JSON.stringify(tags))}::text[],
      ${column(({ specifications }) => JSON.stringify(specifications))}::text[],
      ${column(({ options }) => JSON.stringify(options))}::text[],
      ${column((product) => JSON.stringify(optionsOf(product).map(optionTerm)))}::text[],
      ${column((product) => JSON.stringify(optionsOf(product).map(optionLabel)))}::text[],
      ${column(({ images }) => JSON.stringify(images))}::text[],
      ${column(searchTerms)}::text[])
      AS row (id, seller_id, category_id, slug, title, description, description_text, status, version,
              lowest_minor, lowest_currency, tags, specifications, options, option_terms,
              option_labels, images, variant_terms)),
    named AS (
      INSERT INTO product_slugs (slug, product_id)
      SELECT slug, id FROM saved
      WHERE NOT EXISTS (
        SELECT FROM product_slugs known WHERE (known.slug, known.product_id) = (saved.slug, saved.id))
      ORDER BY slug)
    INSERT INTO products (id, seller_id, category_id, slug, title, description, description_text, status, version,
                          lowest_minor, lowest_currency, tags, specifications, options, option_terms,
              option_labels, images, variant_terms)
    SELECT id, seller_id, category_id, slug, title, description, description_text, status, version, lowest_minor, lowest_currency,
           ${textsOf('tags')}, specifications::jsonb, ${textsOf('options')}, ${textsOf('option_terms')},
           ${textsOf('option_labels')}, images::jsonb, variant_terms
    FROM saved
    ON CONFLICT (id) DO UPDATE SET
      category_id = excluded.category_id, slug = excluded.slug, title = excluded.title, description = excluded.description,
      description_text = excluded.description_text,
      status = excluded.status, version = excluded.version, lowest_minor = excluded.lowest_minor,
      lowest_currency = excluded.lowest_currency, tags = excluded.tags, specifications = excluded.specifications,
      options = excluded.options, option_terms = excluded.option_terms,
      option_labels = excluded.option_labels, images = excluded.images, variant_terms = excluded.variant_terms, updated_at = now()`;
};

/** Sorted by SKU, so that two transactions that add the same SKUs meet in the same order. */
const saveVariants = async (tx: Prisma.TransactionClient, changes: readonly Change[]): Promise<void> => {
  const rows = changes
    .flatMap(({ product, variants }) =>
      variants.map((variant) => ({
        ...variant,
        // What is not sold any more is not found by what it is.
        terms: variant.active ? named(product.options, variant.options).map(optionTerm) : [],
        productId: product.id,
        onSale: product.status === 'ACTIVE' && variant.active,
        position: product.variants.findIndex(({ id }) => id === variant.id),
      })),
    )
    .toSorted((a, b) => (a.sku < b.sku ? -1 : 1));
  if (rows.length === 0) return;
  const column = <T>(of: (row: (typeof rows)[number]) => T): T[] => rows.map(of);
  // All parts of one statement see the variants as they were before it.
  await tx.$executeRaw`
    WITH saved AS (SELECT * FROM unnest(
      ${column(({ id }) => id)}::text[],
      ${column(({ productId }) => productId)}::text[],
      ${column(({ position }) => position)}::int[],
      ${column(({ sku }) => sku)}::text[],
      ${column(({ title }) => title)}::text[],
      ${column(({ price }) => price.minor.toString())}::bigint[],
      ${column(({ price }) => price.currency)}::text[],
      ${column(({ version }) => version)}::int[],
      ${column(({ options }) => JSON.stringify(options))}::text[],
      ${column(({ terms }) => JSON.stringify(terms))}::text[],
      ${column(({ onSale }) => onSale)}::boolean[],
      ${column(({ active }) => active)}::boolean[])
      AS row (id, product_id, position, sku, title, price_minor, currency, version, options, option_terms, on_sale,
              active)),
    priced AS (
      INSERT INTO price_changes (variant_id, price_minor, currency, on_sale)
      SELECT saved.id, saved.price_minor, saved.currency, saved.on_sale
      FROM saved LEFT JOIN LATERAL (
        SELECT * FROM price_changes WHERE variant_id = saved.id ORDER BY id DESC LIMIT 1) last ON true
      WHERE (last.price_minor, last.currency, last.on_sale)
        IS DISTINCT FROM (saved.price_minor, saved.currency, saved.on_sale))
    INSERT INTO variants (id, product_id, position, sku, title, price_minor, currency, version, options,
                          option_terms, active)
    SELECT id, product_id, position, sku, title, price_minor, currency, version, ${textsOf('options')},
           ${textsOf('option_terms')}, active
    FROM saved
    ON CONFLICT (id) DO UPDATE SET
      title = excluded.title, price_minor = excluded.price_minor, currency = excluded.currency,
      version = excluded.version, options = excluded.options, option_terms = excluded.option_terms,
      active = excluded.active`;
};

/** A list in a row of many lists, which travels as JSON: arrays of arrays must be of one length. */
const textsOf = (column: string): Prisma.Sql =>
  Prisma.sql`ARRAY(SELECT jsonb_array_elements_text(${Prisma.raw(column)}::jsonb))`;

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
