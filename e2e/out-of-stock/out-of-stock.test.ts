import { eventually } from '@emporium/testing';
import { describe, expect, it } from 'vitest';
import * as operations from '../graph/operations.ts';
import { openShop } from '../graph/shop.ts';
import { expectInvariants, wholeGraph } from '../graph/whole-graph.ts';

const { gatewayUrl, auditorUrl } = wholeGraph();
const shop = openShop(gatewayUrl);

describe('stock', () => {
  it('that is short fails the order before any money moves', async () => {
    const seller = await shop.newSeller();
    const [plenty, short] = [
      await shop.newArticle(seller, { stock: 10 }),
      await shop.newArticle(seller, { stock: 1 }),
    ];
    const buyer = await shop.person('Ada');
    await shop.addToCart(buyer, plenty.variantId, 5);
    await shop.addToCart(buyer, short.variantId, 2);
    const { id } = await shop.placeOrder(buyer);
    const changes = await shop.followOrder(buyer, id);
    expect(changes.at(-1)?.status).toBe('FAILED');
    const { order } = await shop.ask<{ order: object }>(buyer, operations.readOrder, { id });
    expect(order).toMatchObject({ failureReason: 'OUT_OF_STOCK', payment: null });
    await expectInvariants(auditorUrl);
    expect(await shop.available(buyer, plenty)).toBe(10);
  });

  it('is sold once when ten buyers want the last one', async () => {
    const seller = await shop.newSeller();
    const article = await shop.newArticle(seller, { stock: 1 });
    const buyers = await Promise.all(Array.from({ length: 10 }, () => shop.person('Ada')));
    const ends = await Promise.all(
      buyers.map(async (buyer) => {
        await shop.addToCart(buyer, article.variantId, 1);
        const { id } = await shop.placeOrder(buyer);
        const changes = await shop.followOrder(buyer, id, ({ status }) => status === 'CONFIRMED');
        await buyer.close();
        return changes.at(-1)?.status;
      }),
    );
    expect(ends.filter((status) => status === 'CONFIRMED')).toHaveLength(1);
    expect(ends.filter((status) => status === 'FAILED')).toHaveLength(9);
    await expectInvariants(auditorUrl);
  });

  it('is watched live', async () => {
    const seller = await shop.newSeller();
    const article = await shop.newArticle(seller, { stock: 5 });
    const seen: number[] = [];
    const watch = /* GraphQL */ `
      subscription ($variantId: ID!) { stockChanged(variantId: $variantId) { title availability { available } } }
    `;
    type Event = { stockChanged: { title: string; availability: { available: number } } };
    for await (const { data } of shop.anonymous.subscribe<Event>(watch, { variantId: article.variantId })) {
      seen.push(data?.stockChanged.availability.available ?? -1);
      if (seen.length > 1) break;
      await shop.ask(seller, operations.adjustStock, {
        input: { variantId: article.variantId, delta: -2, reason: 'Broken', idempotencyKey: 'broken' },
      });
    }
    expect(seen).toEqual([5, 3]);
  });

  it('is found while there is any, and no more when there is none', async () => {
    const seller = await shop.newSeller();
    const article = await shop.newArticle(seller, { stock: 1 });
    const inStock = async (): Promise<number> => {
      const { products } = await shop.ask<{ products: { edges: unknown[] } }>(shop.anonymous, listed, {
        ids: [article.productId],
      });
      return products.edges.length;
    };
    await eventually(async () => expect(await inStock()).toBe(1));
    await shop.ask(seller, operations.adjustStock, {
      input: { variantId: article.variantId, delta: -1, reason: 'Broken', idempotencyKey: 'broken' },
    });
    await eventually(async () => expect(await inStock()).toBe(0));
    await expectInvariants(auditorUrl);
  });
});

const listed = /* GraphQL */ `
  query ($ids: [ID!]!) { products(filter: { ids: $ids, inStock: true }) { edges { node { id } } } }
`;
