import { randomBytes, randomUUID } from 'node:crypto';
import { type CollectedSpan, eventually } from '@emporium/testing';
import { beforeAll, expect, it } from 'vitest';
import { openShop } from '../graph/shop.ts';
import { wholeGraph } from '../graph/whole-graph.ts';

const { gatewayUrl, collectorUrl } = wholeGraph();
const shop = openShop(gatewayUrl);
const price = { amount: '5.00', currency: 'GBP' };

const card =
  'title seller { displayName } category { name } variants { id price { amount } availability { available } }';
const documents = {
  products: `query Products($first: Int!, $sellerId: ID!) {
    list: products(first: $first, filter: { sellerId: $sellerId }) { edges { node { ${card} } } } }`,
  search: `query Search($first: Int!, $word: String!, $sellerId: ID!) {
    list: search(query: $word, first: $first, filter: { sellerId: $sellerId }) {
      totalCount facets { name values { count } }
      edges { highlights { title { text } } node { ${card} } } } }`,
};
type Product = { variants: { availability: { available: number } | null }[]; seller: object | null };

const sellerWithProducts = async (word: string): Promise<string> => {
  const seller = await shop.newSeller();
  const products = Array.from({ length: 100 }, (_, index) => ({
    title: `${word} ${index}`,
    variants: ['a', 'b'].map((variant) => ({ sku: `${word}-${index}-${variant}`, price })),
  }));
  const { bulkUpsertProducts } = await shop.ask<{
    bulkUpsertProducts: { rows: { product: { seller: { id: string } } }[] };
  }>(
    seller,
    'mutation ($input: BulkUpsertInput!) { bulkUpsertProducts(input: $input) { ... on BulkUpsert { rows { product { seller { id } } } } } }',
    { input: { products } },
  );
  return bulkUpsertProducts.rows[0]?.product.seller.id ?? '';
};

/** A word that nobody else has, of letters alone. */
const word = `Gizmo${randomUUID()
  .replaceAll(/[^a-f]/g, '')
  .slice(0, 10)}`;
let sellerId: string;
beforeAll(async () => {
  sellerId = await sellerWithProducts(word);
});

const ask = async (query: string, first: number, traceId: string): Promise<Product[]> => {
  const response = await fetch(`${gatewayUrl}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-01`,
    },
    body: JSON.stringify({ query, variables: { first, word, sellerId } }),
  });
  const { data, errors } = (await response.json()) as {
    data: { list: { edges: { node: Product }[] } };
    errors?: unknown;
  };
  expect(errors).toBeUndefined();
  return data.list.edges.map(({ node }) => node);
};

const isComplete = ({ seller, variants }: Product): boolean =>
  seller !== null && variants.length === 2 && variants.every(({ availability }) => availability !== null);

/** What the gateway fetched and what the subgraphs then asked their databases, in no order. */
const traced = async (traceId: string): Promise<{ fetches: string[]; statements: string[] }> => {
  const spans = (await (await fetch(`${collectorUrl}/spans`)).json()) as CollectedSpan[];
  const own = spans.filter((span) => span.traceId === traceId);
  // A subgraph tells its span of a request last.
  expect(own.filter(({ name }) => name === 'graphql')).toHaveLength(3);
  expect(own.some(({ service, parentSpanId }) => service === 'gateway' && parentSpanId)).toBe(true);
  return {
    fetches: own.flatMap(({ name }) => (name.startsWith('fetch ') ? [name] : [])).toSorted(),
    statements: own
      .filter(({ attributes }) => attributes['db.system.name'] === 'postgresql')
      .map(({ service, name }) => `${service}: ${name}`)
      .toSorted(),
  };
};

const look = async (query: string, first: number) => {
  const traceId = randomBytes(16).toString('hex');
  const nodes = await ask(query, first, traceId);
  expect(nodes).toHaveLength(first);
  expect(nodes.every(isComplete)).toBe(true);
  return eventually(async () => {
    const seen = await traced(traceId);
    expect(seen.fetches).toHaveLength(3);
    return seen;
  });
};

it.each([
  // The page, and the products on it that are not kept, with their variants.
  ['products', 2],
  // What the words mean, the page with its counts, the marks, and the products.
  ['search', 4],
] as const)(
  'a page of a hundred (%s) is one fetch from each subgraph, and no more statements than a page of two may be',
  async (name, mostOfProducts) => {
    const query = documents[name];
    // Inventory hears of the products a moment later. One less, so that the answer is not one that was kept.
    await eventually(async () =>
      expect((await ask(query, 99, randomBytes(16).toString('hex'))).filter(isComplete)).toHaveLength(99),
    );
    for (const first of [100, 2]) {
      const { fetches, statements } = await look(query, first);
      expect(fetches).toEqual(['fetch inventory', 'fetch products', 'fetch users']);
      const statementsOf = (service: string) =>
        statements.filter((statement) => statement.startsWith(`${service}: `)).length;
      expect(statementsOf('products')).toBeLessThanOrEqual(mostOfProducts);
      expect([statementsOf('inventory'), statementsOf('users')]).toEqual([1, 1]);
    }
  },
);
