import type { Graph } from '@emporium/local-stack';
import { describe, expect, it } from 'vitest';
import { openShop } from '../../graph/shop.ts';
import { expectInvariants } from '../../graph/whole-graph.ts';

export const brokerDown = (graph: () => Graph) =>
  describe('with the broker down', () => {
    it('orders are taken, wait, and go on when it is back', async () => {
      const shop = openShop(graph().gatewayUrl);
      const seller = await shop.newSeller();
      const article = await shop.newArticle(seller);
      const buyer = await shop.person('Ada');
      await shop.addToCart(buyer, article.variantId, 1);
      await graph().kill('nats');
      const placed = await shop.placeOrder(buyer);
      expect(placed).toMatchObject({ __typename: 'Order', status: 'PENDING' });
      await graph().restart('nats');
      const changes = await shop.followOrder(buyer, placed.id, ({ status }) => status === 'CONFIRMED');
      expect(changes.at(-1)?.status).toBe('CONFIRMED');
      await expectInvariants(graph().auditorUrl, 60_000);
    }, 120_000);
  });
