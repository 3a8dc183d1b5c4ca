import { type SubgraphName, subgraphNames } from '@emporium/database';
import type { Graph } from '@emporium/local-stack';
import { describe, expect, it } from 'vitest';
import * as operations from '../graph/operations.ts';
import { openShop } from '../graph/shop.ts';
import { expectInvariants } from '../graph/whole-graph.ts';

/** Five purchases placed at once, the subgraph killed while they are on their way, and started again. */
const killInTheMiddle = async (graph: Graph, name: SubgraphName) => {
  const shop = openShop(graph.gatewayUrl);
  const seller = await shop.newSeller();
  const article = await shop.newArticle(seller, { stock: 50 });
  const buyers = await Promise.all(Array.from({ length: 5 }, () => shop.person('Ada')));
  await Promise.all(buyers.map((buyer) => shop.addToCart(buyer, article.variantId, 2)));
  const placed = await Promise.all(buyers.map((buyer) => shop.placeOrder(buyer)));
  const watched = buyers.map((buyer, index) =>
    shop.followOrder(buyer, placed[index]?.id ?? '', ({ status }) => status === 'CONFIRMED'),
  );
  await graph.kill(name);
  await graph.restart(name);
  const ends = await Promise.all(watched);
  const orders = await Promise.all(
    buyers.map((buyer, index) =>
      shop.ask<{ order: { status: string } }>(buyer, operations.readOrder, { id: placed[index]?.id }),
    ),
  );
  await Promise.all(buyers.map((buyer) => buyer.close()));
  return { ends, orders, available: await shop.available(seller, article) };
};

export const subgraphKilled = (graph: () => Graph) =>
  describe('a purchase survives', () => {
    it.each([...subgraphNames])(
      'SIGKILL of %s in its middle',
      async (name) => {
        const { ends, orders, available } = await killInTheMiddle(graph(), name);
        for (const [index, changes] of ends.entries()) {
          expect(changes.at(-1)?.status).toBe('CONFIRMED');
          expect(orders[index]?.order.status).toBe('CONFIRMED');
          const sequences = changes.map(({ sequence }) => sequence);
          expect(new Set(sequences).size).toBe(sequences.length);
          expect(sequences.toSorted((a, b) => a - b)).toEqual(sequences);
        }
        expect(available).toBe(40);
        await expectInvariants(graph().auditorUrl);
      },
      120_000,
    );
  });
