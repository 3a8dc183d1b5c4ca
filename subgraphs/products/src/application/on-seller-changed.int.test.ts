import type { Viewer } from '@emporium/subgraph';
import { eventually } from '@emporium/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type NewShop, openNewShop } from '../new-shop-under-test.ts';
import { admin, buyer, gbp, nobody, rival, seller } from '../test-shop.ts';
import { createProduct } from './offer-products.ts';
import type { Ports } from './ports.ts';

describe('news of a seller', () => {
  let shop: NewShop;
  const offer = (sku: string, as = seller) =>
    shop.offer(as, [{ title: `Mug ${sku}`, variants: [{ sku, price: gbp('5') }] }]);
  const onSale = async () => {
    const { data } = await shop.ask(nobody, '{ products { edges { node { title } } } }');
    return data.products.edges.map(({ node }: { node: { title: string } }) => node.title);
  };
  beforeAll(async () => {
    shop = await openNewShop();
  });
  beforeEach(async () => {
    await shop.clear();
    await offer('A');
    await offer('B');
    await offer('C', rival);
  });
  afterAll(() => shop.close());

  it('of a name changes no variant', async () => {
    expect(await shop.hear(seller.id ?? '', 'Potter', true, 1)).toEqual({ type: 'ack' });
    expect(await shop.told()).toHaveLength(3);
    expect(await shop.prisma.seller.findUnique({ where: { id: seller.id ?? '' } })).toMatchObject({
      displayName: 'Potter',
    });
  });

  it('takes the variants of one who stops off sale, and puts them back', async () => {
    await shop.hear(seller.id ?? '', 'Potter', false, 1);
    expect(await onSale()).toEqual(['Mug C']);
    const [, , , off] = await shop.told();
    expect(off).toMatchObject([
      { sku: 'A', active: false, version: 2 },
      { sku: 'B', active: false, version: 2 },
    ]);
    await shop.hear(seller.id ?? '', 'Potter', true, 2);
    expect(await onSale()).toEqual(['Mug C', 'Mug B', 'Mug A']);
    expect((await shop.told())[4]).toMatchObject([{ active: true, version: 3 }, { version: 3 }]);
  });

  it('that is old changes nothing', async () => {
    await shop.hear(seller.id ?? '', 'Potter', true, 2);
    await shop.hear(seller.id ?? '', 'Nobody', false, 1);
    await shop.hear(seller.id ?? '', 'Nobody', false, 2);
    expect(await onSale()).toHaveLength(3);
    expect(await shop.told()).toHaveLength(3);
  });

  it('heard twice and the wrong way round leaves the newest: gone once, back once', async () => {
    const id = seller.id ?? '';
    await shop.hear(id, 'Potter', true, 3);
    await shop.hear(id, 'Potter', false, 2);
    await shop.hear(id, 'Potter', true, 1);
    expect(await onSale()).toHaveLength(3);
    expect(await shop.told()).toHaveLength(3);
    for (const version of [4, 4, 2]) await shop.hear(id, 'Potter', false, version);
    expect(await onSale()).toEqual(['Mug C']);
    expect(await shop.told()).toHaveLength(4);
  });

  it('takes thousands of variants off sale, in messages that hold five hundred', async () => {
    const variants = (row: number) =>
      Array.from({ length: 100 }, (_, index) => ({ sku: `${row}-${index}`, price: gbp('1') }));
    const many = Array.from({ length: 12 }, (_, row) => ({ title: `Set ${row}`, variants: variants(row) }));
    await shop.offer(rival, many);
    const before = (await shop.told()).length;
    await shop.hear(rival.id ?? '', 'Rival', false, 1);
    const off = (await shop.told()).slice(before);
    expect(off.map(({ length }) => length)).toEqual([500, 500, 201]);
    expect(new Set(off.flat().map(({ sku }) => sku)).size).toBe(1201);
    expect(off.flat().every(({ active, version }) => !active && version === 2)).toBe(true);
  });

  it('hides everything of one who stops from all but themself and ADMIN', async () => {
    const [id = ''] = await offer('D');
    const { id: variantId } = await shop.prisma.variant.findUniqueOrThrow({ where: { sku: 'D' } });
    const sees = async (as: Viewer) => {
      const { data } = await shop.ask(
        as,
        `query ($id: ID!, $entities: [_Any!]!) {
          product(id: $id) { id }
          bySlug: product(slug: "mug-d") { id }
          products(filter: { ids: [$id] }) { edges { node { id } } }
          search(query: "mug d") { edges { node { id } } totalCount }
          _entities(representations: $entities) {
            ... on Product { title }
            ... on ProductVariant { sku }
            ... on Seller { products { edges { node { id } } } }
          }
        }`,
        {
          id,
          entities: [
            { __typename: 'Product', id },
            { __typename: 'ProductVariant', id: variantId },
            { __typename: 'ProductVariant', sku: 'D' },
            { __typename: 'Seller', id: seller.id },
          ],
        },
      );
      const [product, variant, bySku, itsSeller] = data._entities;
      return [
        data.product,
        data.bySlug,
        data.products.edges.at(0),
        data.search.edges.find(({ node }: { node: { id: string } }) => node.id === id),
        product,
        variant,
        bySku,
        itsSeller.products.edges.at(0),
      ].map((each) => (each ?? null) !== null);
    };
    const everything = Array(8).fill(true);
    const nothing = Array(8).fill(false);
    await shop.hear(seller.id ?? '', 'Potter', false, 1);
    for (const as of [nobody, buyer, rival]) expect(await sees(as)).toEqual(nothing);
    for (const as of [seller, admin]) expect(await sees(as)).toEqual(everything);
    await shop.hear(seller.id ?? '', 'Potter', true, 2);
    for (const as of [nobody, buyer, rival]) expect(await sees(as)).toEqual(everything);
  });

  it('refuses what one who stopped offers and changes, whatever their token still says', async () => {
    const [productId = ''] = await offer('D');
    const { id: variantId } = await shop.prisma.variant.findUniqueOrThrow({ where: { sku: 'D' } });
    const attempt = async (as: Viewer) => {
      const { data } = await shop.ask(
        as,
        `mutation ($productId: ID!, $variantId: ID!, $new: CreateProductInput!) {
          createProduct(input: $new) { ...code }
          bulkUpsertProducts(input: { products: [$new] }) { __typename ... on ProductRefusal { code } }
          updateVariantPrice(input: { variantId: $variantId, price: { amount: "9", currency: "GBP" } }) { ...code }
          setProductStatus(input: { productId: $productId, status: ARCHIVED }) { ...code }
        }
        fragment code on ProductResult { __typename ... on ProductRefusal { code } }`,
        { productId, variantId, new: { title: 'New', variants: [{ sku: 'NEW', price: gbp('1') }] } },
      );
      return Object.values<{ __typename: string; code?: string }>(data).map(
        ({ __typename, code }) => code ?? __typename,
      );
    };
    await shop.hear(seller.id ?? '', 'Potter', false, 1);
    const before = await shop.told();
    expect(await attempt(seller)).toEqual(Array(4).fill('SELLER_SUSPENDED'));
    expect(await attempt(buyer)).toEqual(['NOT_A_SELLER', 'NOT_A_SELLER', 'NOT_FOUND', 'NOT_FOUND']);
    expect(await shop.told()).toEqual(before);
    expect(await attempt(admin)).toEqual(['NOT_A_SELLER', 'NOT_A_SELLER', 'Product', 'Product']);
    await shop.hear(seller.id ?? '', 'Potter', true, 2);
    expect(await attempt(seller)).toEqual(['Product', 'BulkUpsert', 'Product', 'Product']);
  });

  it('that comes before any product counts for the later ones', async () => {
    const other = { ...seller, id: 'seller-3' };
    await shop.hear('seller-3', 'New', false, 1);
    const { data } = await shop.ask(
      other,
      `mutation ($input: CreateProductInput!) {
        createProduct(input: $input) { ... on ProductRefusal { code } }
      }`,
      { input: { title: 'Mug D', variants: [{ sku: 'D', price: gbp('5') }] } },
    );
    expect(data.createProduct).toEqual({ code: 'SELLER_SUSPENDED' });
    await shop.hear('seller-3', 'New', true, 2);
    await offer('D', other);
    expect(await onSale()).toContain('Mug D');
  });

  it('waits for an offer that is under way, so that no variant stays on sale', async () => {
    let open = () => undefined as unknown;
    const gate = new Promise((resolve) => {
      open = () => resolve(undefined);
    });
    let arrive = () => undefined as unknown;
    const atGate = new Promise((resolve) => {
      arrive = () => resolve(undefined);
    });
    const slowly = createProduct(
      (work) =>
        shop.transact((ports, sql) => {
          const save: Ports['products']['save'] = async (changes) => {
            arrive();
            await gate;
            await ports.products.save(changes);
          };
          return work({ ...ports, products: { ...ports.products, save } }, sql);
        }),
      (html) => html,
    );
    const offering = slowly(
      { title: 'Late', variants: [{ sku: 'LATE', price: { minor: 1n, currency: 'GBP' } }] },
      { id: seller.id ?? '', roles: seller.roles },
    );
    await atGate;
    const hearing = shop.hear(seller.id ?? '', 'Potter', false, 1);
    const waiting = eventually(async () => {
      const [row] = await shop.prisma.$queryRaw<{ waits: boolean }[]>`
        SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted) AS waits`;
      return row?.waits === true;
    });
    await Promise.race([hearing, waiting]);
    open();
    await Promise.all([offering, hearing]);
    const late = (await shop.told()).flat().filter(({ sku }) => sku === 'LATE');
    expect(late).toMatchObject([
      { active: true, version: 1 },
      { active: false, version: 2 },
    ]);
    expect(await onSale()).toEqual(['Mug C']);
  });
});
