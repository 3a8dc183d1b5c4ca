import type { SubgraphName } from '@emporium/database';
import type { Graph } from '@emporium/local-stack';
import { describe, expect, it } from 'vitest';
import * as operations from '../../graph/operations.ts';
import { openShop } from '../../graph/shop.ts';
import { expectInvariants } from '../../graph/whole-graph.ts';

/** What is missing from an order's answer while a subgraph is down; all else still arrives. */
const missing: Record<Exclude<SubgraphName, 'orders'>, object> = {
  users: { buyer: null, shipments: [{ status: 'PENDING', seller: null }], payment: { status: 'CAPTURED' } },
  products: {
    buyer: { name: 'Ada' },
    lines: [{ quantity: 1, title: 'Oak board' }],
    payment: { status: 'CAPTURED' },
  },
  inventory: {
    lines: [{ variant: { product: { title: 'Oak board' }, availability: null } }],
    payment: { status: 'CAPTURED' },
  },
  payments: {
    buyer: { name: 'Ada' },
    payment: null,
    lines: [{ variant: { product: { title: 'Oak board' } } }],
  },
};

export const partialOutage = (graph: () => Graph) =>
  describe('with one subgraph down', () => {
    it('the others’ data still arrives, orders are still taken, and all ends well', async () => {
      const shop = openShop(graph().gatewayUrl);
      const seller = await shop.newSeller();
      const article = await shop.newArticle(seller, { title: 'Oak board', stock: 100 });
      const buyer = await shop.person('Ada');
      const buy = async () => {
        await shop.addToCart(buyer, article.variantId, 1);
        return shop.placeOrder(buyer);
      };
      const { id } = await buy();
      await shop.followOrder(buyer, id, ({ status }) => status === 'CONFIRMED');

      for (const name of Object.keys(missing) as (keyof typeof missing)[]) {
        await graph().kill(name);
        const { data, errors } = await buyer.request<{ order: object }>(operations.readOrder, { id });
        expect(data?.order, name).toMatchObject(missing[name]);
        expect(errors.length, name).toBeGreaterThan(0);
        expect(JSON.stringify(errors)).not.toMatch(/127\.0\.0\.1|ECONNREFUSED/);

        const placed = await buy();
        expect(placed.__typename, `placing while ${name} is down`).toBe('Order');
        await graph().restart(name);
        const changes = await shop.followOrder(buyer, placed.id, ({ status }) => status === 'CONFIRMED');
        expect(changes.at(-1)?.status, `the purchase after ${name} came back`).toBe('CONFIRMED');
      }
      await graph().kill('orders');
      const { data } = await buyer.request<{ me: object }>(
        '{ me { name orders { edges { cursor } } wallet { balance { amount } } } }',
      );
      expect(data?.me).toEqual({ name: 'Ada', orders: null, wallet: { balance: { amount: '0.00' } } });
      await graph().restart('orders');
      await expectInvariants(graph().auditorUrl);
    }, 180_000);
  });
