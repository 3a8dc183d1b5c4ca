import { pipeline } from 'node:stream/promises';
import { withClient } from '@emporium/database';
import { from as copyFrom } from 'pg-copy-streams';
import { categories, type MadeProduct, makeProduct, sellers } from './products.ts';

type Client = Parameters<Parameters<typeof withClient>[1]>[0];

/** How long loading took, in seconds: the rows, and then the words they are searched by and the indexes. */
export type Loaded = {
  readonly products: number;
  readonly rows: number;
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
const bulk = `SET session_replication_role = replica; SET synchronous_commit = off;
  SET maintenance_work_mem = '128MB'; SET search_path = products`;

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

/** Adds the products with the numbers from `from` up to `to`, as bulk loads do: rows first, what they are found by after them. */
export const loadProducts = (adminUrl: string, seed: number, from: number, to: number): Promise<Loaded> =>
  withClient(adminUrl, async (client) => {
    await client.query(bulk);
    const indexes = await dropIndexes(client);
    const began = performance.now();
    const chunks = Array.from({ length: Math.ceil((to - from) / chunk) }, (_, turn) => from + turn * chunk);
    await shareOut(adminUrl, chunks, (loader, at) => insert(loader, seed, at, Math.min(to, at + chunk)));
    const loaded = performance.now();
    await shareOut(adminUrl, [wordsSince(productId(from)), ...indexes], (loader, statement) =>
      loader.query(statement),
    );
    const indexed = performance.now();
    await stock(client, from);
    // As after any bulk load; else Postgres does it by itself while questions are asked.
    await client.query('VACUUM ANALYZE');
    return {
      products: to - from,
      rows: (loaded - began) / 1000,
      indexes: (indexed - loaded) / 1000,
    };
  });

/** Does all that is to be done over two connections, each of which takes the next when it is done with one. */
const shareOut = async <Work>(
  adminUrl: string,
  works: readonly Work[],
  work: (client: Client, one: Work) => Promise<unknown>,
): Promise<void> => {
  const left = works.values();
  await Promise.all(
    Array.from({ length: connections }, () =>
      withClient(adminUrl, async (client) => {
        await client.query(bulk);
        for (const one of left) await work(client, one);
      }),
    ),
  );
};

/** The words that titles and variants have from this product on. */
const wordsSince = (id: string): string => `
  INSERT INTO search_words (word, lexeme)
  SELECT word, lexeme_of(word) FROM (SELECT DISTINCT words_of(title || ' ' || variant_terms) AS word FROM products WHERE id >= '${id}') AS words
  WHERE lexeme_of(word) IS NOT NULL ON CONFLICT DO NOTHING`;

/** Drops what a bulk load is faster without, and answers the statements that make it again, and find then what is there twice. */
const dropIndexes = async (client: Client): Promise<readonly string[]> => {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
     FROM pg_index WHERE NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
       AND indrelid = ANY ('{products.products, products.variants, products.product_slugs, products.price_changes}'::regclass[])`,
  );
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  return rows.map(({ definition }) => definition);
};

const insert = async (client: Client, seed: number, from: number, to: number): Promise<void> => {
  const lines: Lines = { products: [], variants: [], slugs: [], prices: [] };
  for (let number = from; number < to; number += 1) addLines(lines, number, makeProduct(seed, number));
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

/** Rows of each table as COPY reads them, without their ends. */
type Lines = Record<'products' | 'variants' | 'slugs' | 'prices', string[]>;

/** Nothing that is made here has to be escaped. One text for each row: a list of its cells would take longer to make than the row to load. */
const addLines = (
  lines: Lines,
  number: number,
  { seller, category, title, description, tags, variants }: MadeProduct,
): void => {
  const id = productId(number);
  const terms = variants.map(({ colour }, index) => `${skuOf(number, index)} ${colour}`).join(' ');
  const colours = [...new Set(variants.map(({ colour }) => colour))].toSorted();
  lines.products.push(
    `${id}\tproduct-${number}\t${sellerId(seller)}\tcategory-${category}\t${title}\t${description}\t${description}\t${variants[0]?.minor}\tGBP\t${terms}\tt\t{${tags}}\t{Colour}\t{${colours.map(termOf)}}\t{${colours.map(labelOf)}}`,
  );
  lines.slugs.push(`product-${number}\t${id}`);
  for (const [index, { colour, minor }] of variants.entries()) {
    const variant = variantId(number, index);
    lines.variants.push(
      `${variant}\t${id}\t${index}\t${skuOf(number, index)}\t${minor}\tGBP\t1\tt\t1\t{${colour}}\t{${termOf(colour)}}`,
    );
    lines.prices.push(`${variant}\t${minor}\tGBP`);
  }
};

const copy = (client: Client, table: string, lines: readonly string[]): Promise<void> =>
  pipeline([`${lines.join('\n')}\n`], client.query(copyFrom(`COPY ${table} FROM STDIN`)));

const termOf = (colour: string): string => `colour\u001f${colour}`;
const labelOf = (colour: string): string => `Colour\u001f${colour}`;

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
