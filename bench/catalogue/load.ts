import { pipeline } from 'node:stream/promises';
import { withClient } from '@emporium/database';
import { from as copyFrom } from 'pg-copy-streams';
import { categories, type MadeProduct, makeProduct, sellers } from './products.ts';

type Client = Parameters<Parameters<typeof withClient>[1]>[0];
type Numbered = MadeProduct & { readonly number: number };

/** How long loading took, in seconds: the rows, the words they are searched by, and the indexes, each as far as it is new. */
export type Loaded = {
  readonly products: number;
  readonly rows: number;
  readonly words: number;
  readonly indexes: number;
};

const chunk = 2_000;
const connections = 2;

/** Sorts like a UUID of version 7: the higher number is the newer product. */
const idOf = (kind: number, number: number): string =>
  `00000000-0000-7000-800${kind}-${String(number).padStart(12, '0')}`;
export const productId = (number: number): string => idOf(0, number);
const sellerId = (number: number): string => idOf(9, number);
const variantId = (number: number, index: number): string => idOf(index + 1, number);
/** The first variant of a product. */
export const productVariant = (number: number): string => variantId(number, 0);
const skuOf = (number: number, index: number): string => `BENCH-${number}-${index}`;

/** Triggers and foreign keys are left to the end: what is loaded keeps to both. */
const bulk = 'SET session_replication_role = replica; SET synchronous_commit = off';

/** Whoever sells, at every subgraph that knows them, and the categories. */
export const loadSellers = (adminUrl: string): Promise<void> =>
  withClient(adminUrl, async (client) => {
    const numbers = Array.from({ length: sellers }, (_, number) => number);
    const ids = numbers.map(sellerId);
    const names = numbers.map((number) => `Shop ${number}`);
    await client.query(
      `INSERT INTO users.users (id, email, name, roles) SELECT id, id || '@bench.test', name, ARRAY['BUYER', 'SELLER'] FROM unnest($1::text[], $2::text[]) AS made (id, name)`,
      [ids, names],
    );
    await client.query(
      `INSERT INTO users.sellers (id, display_name, status, applied_at) SELECT *, 'ACTIVE', now() FROM unnest($1::text[], $2::text[])`,
      [ids, names],
    );
    await client.query(
      'INSERT INTO products.sellers (id, display_name, version) SELECT *, 1 FROM unnest($1::text[], $2::text[])',
      [ids, names],
    );
    await client.query(
      `INSERT INTO products.categories (id, slug, name) SELECT 'category-' || n, 'category-' || n, 'Category ' || n FROM generate_series(0, $1 - 1) AS n`,
      [categories],
    );
  });

/** Adds the products with the numbers from `from` up to `to`, as bulk loads do: rows first, indexes after them. */
export const loadProducts = (adminUrl: string, seed: number, from: number, to: number): Promise<Loaded> =>
  withClient(adminUrl, async (client) => {
    await client.query(`${bulk}; SET maintenance_work_mem = '256MB'; SET search_path = products`);
    const indexes = await dropIndexes(client);
    const began = performance.now();
    await Promise.all(
      Array.from({ length: connections }, (_, turn) =>
        withClient(adminUrl, async (loader) => {
          await loader.query(bulk);
          for (let at = from + turn * chunk; at < to; at += connections * chunk)
            await insert(loader, seed, at, Math.min(to, at + chunk));
        }),
      ),
    );
    const loaded = performance.now();
    await client.query(
      `INSERT INTO search_words (word, lexeme)
       SELECT word, lexeme_of(word) FROM (SELECT DISTINCT words_of(title || ' ' || variant_terms) AS word FROM products WHERE id >= $1) AS words
       WHERE lexeme_of(word) IS NOT NULL ON CONFLICT DO NOTHING`,
      [productId(from)],
    );
    const known = performance.now();
    for (const index of indexes) await client.query(index);
    const indexed = performance.now();
    await stock(client, from);
    // As after any bulk load; else Postgres does it by itself while questions are asked.
    await client.query('VACUUM ANALYZE');
    return {
      products: to - from,
      rows: (loaded - began) / 1000,
      words: (known - loaded) / 1000,
      indexes: (indexed - known) / 1000,
    };
  });

/** Drops what a bulk load is faster without, and answers the statements that make it again. */
const dropIndexes = async (client: Client): Promise<readonly string[]> => {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
     FROM pg_index WHERE NOT indisunique AND indrelid IN ('products.products'::regclass, 'products.variants'::regclass)`,
  );
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  return rows.map(({ definition }) => definition);
};

const insert = async (client: Client, seed: number, from: number, to: number): Promise<void> => {
  const made: Numbered[] = Array.from({ length: to - from }, (_, index) => ({
    number: from + index,
    ...makeProduct(seed, from + index),
  }));
  const lines: Record<'products' | 'variants' | 'slugs' | 'prices', Row[]> = {
    products: [],
    variants: [],
    slugs: [],
    prices: [],
  };
  for (const product of made) {
    const id = productId(product.number);
    lines.products.push(productRow(id, product));
    lines.slugs.push([`product-${product.number}`, id]);
    for (const [index, { colour, minor }] of product.variants.entries()) {
      const variant = variantId(product.number, index);
      const sku = skuOf(product.number, index);
      lines.variants.push([
        variant,
        id,
        index,
        sku,
        minor,
        'GBP',
        1,
        't',
        1,
        `{${colour}}`,
        `{${termOf(colour)}}`,
      ]);
      lines.prices.push([variant, minor, 'GBP']);
    }
  }
  await copy(
    client,
    'products.products (id, slug, seller_id, category_id, title, description, description_text, lowest_minor, lowest_currency, variant_terms, in_stock, tags, options, option_terms, option_labels)',
    lines.products,
  );
  await copy(
    client,
    'products.variants (id, product_id, position, sku, price_minor, currency, version, in_stock, stock_version, options, option_terms)',
    lines.variants,
  );
  // What else is written with a product: its slug, which is its own for good, and what each variant costs from now on.
  await copy(client, 'products.product_slugs (slug, product_id)', lines.slugs);
  await copy(client, 'products.price_changes (variant_id, price_minor, currency)', lines.prices);
};

type Row = readonly (string | number | undefined)[];

/** Nothing that is made here has to be escaped. */
const copy = (client: Client, table: string, rows: readonly Row[]): Promise<void> =>
  pipeline(
    [rows.map((row) => `${row.join('\t')}\n`).join('')],
    client.query(copyFrom(`COPY ${table} FROM STDIN`)),
  );

const productRow = (
  id: string,
  { number, seller, category, title, description, tags, variants }: Numbered,
): Row => {
  const terms = variants.map(({ colour }, index) => `${skuOf(number, index)} ${colour}`).join(' ');
  const colours = [...new Set(variants.map(({ colour }) => colour))].toSorted();
  return [
    ...[id, `product-${number}`, sellerId(seller), `category-${category}`, title, description, description],
    ...[variants[0]?.minor, 'GBP', terms, 't', `{${tags}}`, '{Colour}'],
    ...[`{${colours.map(termOf)}}`, `{${colours.map((colour) => `Colour\u001f${colour}`)}}`],
  ];
};

const termOf = (colour: string): string => `colour\u001f${colour}`;

/** Inventory hears of what is for sale, and has some of each. */
const stock = async (client: Client, from: number): Promise<void> => {
  await client.query(
    `INSERT INTO inventory.variants (id, seller_id, sku, active, version)
     SELECT v.id, p.seller_id, v.sku, true, v.version
     FROM products.variants v JOIN products.products p ON p.id = v.product_id WHERE p.id >= $1`,
    [productId(from)],
  );
  await client.query(
    `INSERT INTO inventory.locations (id, seller_id, code, name, is_default)
     SELECT 'location-' || seller_id, seller_id, 'DEFAULT', 'Default location', true
     FROM (SELECT DISTINCT seller_id FROM inventory.variants) AS sellers
     ON CONFLICT DO NOTHING`,
  );
  await client.query(
    `INSERT INTO inventory.stock (variant_id, version, in_stock)
     SELECT v.id, 1, true FROM products.variants v WHERE v.product_id >= $1`,
    [productId(from)],
  );
  await client.query(
    `INSERT INTO inventory.stock_levels (variant_id, location_id, available, received)
     SELECT v.id, l.id, 100, 100
     FROM products.variants v JOIN products.products p ON p.id = v.product_id
     JOIN inventory.locations l ON l.seller_id = p.seller_id AND l.is_default
     WHERE v.product_id >= $1`,
    [productId(from)],
  );
};
