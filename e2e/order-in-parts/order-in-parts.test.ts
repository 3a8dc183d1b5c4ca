import type { Client } from '@emporium/client';
import { eventually } from '@emporium/testing';
import { describe, expect, it } from 'vitest';
import * as operations from '../graph/operations.ts';
import { openShop } from '../graph/shop.ts';
import { expectInvariants, wholeGraph } from '../graph/whole-graph.ts';

const { gatewayUrl, auditorUrl } = wholeGraph();
const shop = openShop(gatewayUrl);

type Shown = {
  readonly id: string;
  readonly status: string;
  readonly payment: { readonly status: string; readonly refunded: { readonly amount: string } };
  readonly timeline: readonly { readonly type: string; readonly detail: string | null }[];
  readonly shipments: readonly {
    readonly id: string;
    readonly status: string;
    readonly seller: { readonly displayName: string };
    readonly givenBack: { readonly amount: string };
    readonly lines: readonly { quantity: number; cancelled: number; shipped: number }[];
    readonly parcels: readonly {
      readonly trackingNumber: string;
      readonly deliveredAt: string | null;
      readonly lines: readonly { readonly quantity: number; readonly variant: { readonly sku: string } }[];
    }[];
  }[];
};

const source = /* GraphQL */ `
  query ($id: ID!) {
    order(id: $id) {
      id status payment { status refunded { amount } } timeline { type detail }
      shipments {
        id status seller { displayName } givenBack { amount }
        lines { quantity cancelled shipped }
        parcels { trackingNumber deliveredAt lines { quantity variant { sku } } }
      }
    }
  }
`;

const read = async (client: Client, id: string) =>
  (await shop.ask<{ order: Shown }>(client, source, { id })).order;
const balanceOf = async (client: Client) =>
  (await shop.ask<{ me: { wallet: { balance: { amount: string } } } }>(client, operations.wallet)).me.wallet
    .balance.amount;

/** Four mugs at £12.50 and a jug at £20 of a potter, three teas at £3.35 of a grocer: paid. */
const paid = async () => {
  const [potter, grocer] = [await shop.newSeller('Potter'), await shop.newSeller('Grocer')];
  const mug = await shop.newArticle(potter, { price: '12.50', title: 'Mug' });
  const jug = await shop.newArticle(potter, { price: '20.00', title: 'Jug' });
  const tea = await shop.newArticle(grocer, { price: '3.35', title: 'Tea' });
  const buyer = await shop.person('Ada');
  await shop.addToCart(buyer, mug.variantId, 4);
  await shop.addToCart(buyer, jug.variantId, 1);
  await shop.addToCart(buyer, tea.variantId, 3);
  const { id } = await shop.placeOrder(buyer);
  await shop.followOrder(buyer, id, ({ status }) => status === 'CONFIRMED');
  const { shipments } = await read(buyer, id);
  const shipmentOf = (name: string) =>
    shipments.find(({ seller }) => seller.displayName === name)?.id ?? '';
  return {
    potter,
    grocer,
    buyer,
    id,
    mug,
    jug,
    tea,
    pots: shipmentOf('Potter'),
    food: shipmentOf('Grocer'),
  };
};

const send = (seller: Client, shipmentId: string, trackingNumber: string, lines?: object[]) =>
  shop.ask(seller, operations.shipShipment, {
    input: { shipmentId, carrier: 'Royal Mail', trackingNumber, ...(lines && { lines }) },
  });

describe('an order of two sellers', () => {
  it('leaves in parcels, without a line that was called off, and comes out exact', async () => {
    const { potter, grocer, buyer, id, mug, jug, tea, pots, food } = await paid();
    await shop.ask(buyer, operations.cancelLine, { orderId: id, variantId: mug.variantId, quantity: 1 });
    await send(potter, pots, 'RM-0001', [{ variantId: mug.variantId, quantity: 2 }]);
    expect(
      await shop.ask(buyer, operations.cancelLine, { orderId: id, variantId: mug.variantId, quantity: 1 }),
    ).toMatchObject({ cancelLine: { code: 'ALREADY_SHIPPED', field: 'variantId' } });
    expect((await read(buyer, id)).shipments.find((each) => each.id === pots)?.status).toBe('PENDING');
    await send(potter, pots, 'RM-0002');
    await send(grocer, food, 'RM-0003');
    await shop.followOrder(buyer, id, async ({ status }) => {
      if (status !== 'SHIPPED') return false;
      for (const shipmentId of [pots, food])
        await shop.ask(buyer, operations.confirmDelivery, { shipmentId });
      return true;
    });
    await shop.followOrder(buyer, id);

    const order = await read(buyer, id);
    expect(order).toMatchObject({
      status: 'COMPLETED',
      payment: { status: 'PARTIALLY_REFUNDED', refunded: { amount: '12.50' } },
    });
    expect(order.shipments.find((each) => each.id === pots)).toMatchObject({
      status: 'DELIVERED',
      givenBack: { amount: '12.50' },
      lines: [
        { quantity: 4, cancelled: 1, shipped: 3 },
        { quantity: 1, cancelled: 0, shipped: 1 },
      ],
      parcels: [
        { trackingNumber: 'RM-0001', lines: [{ quantity: 2, variant: { sku: mug.sku } }] },
        {
          trackingNumber: 'RM-0002',
          deliveredAt: expect.any(String),
          lines: [
            { quantity: 1, variant: { sku: mug.sku } },
            { quantity: 1, variant: { sku: jug.sku } },
          ],
        },
      ],
    });
    const told = order.timeline.filter(({ type }) => ['LinesCancelled', 'ParcelShipped'].includes(type));
    expect(told).toEqual([
      { type: 'LinesCancelled', detail: '1 × Mug' },
      { type: 'ParcelShipped', detail: 'Royal Mail RM-0001: 2 × Mug' },
    ]);
    expect(await Promise.all([mug, jug, tea].map((each) => shop.available(buyer, each)))).toEqual([
      7, 9, 7,
    ]);
    expect([await balanceOf(potter), await balanceOf(grocer)]).toEqual(['57.50', '10.05']);
    await expectInvariants(auditorUrl);
  });

  it('goes on without a seller who has none left, and is called off with the last', async () => {
    const { potter, grocer, buyer, id, mug, tea, pots, food } = await paid();
    expect(await shop.ask(grocer, operations.cancelShipment, { shipmentId: food })).toMatchObject({
      cancelShipment: { status: 'CANCELLED', givenBack: { amount: '10.05' } },
    });
    await eventually(async () =>
      expect(await read(buyer, id)).toMatchObject({
        status: 'CONFIRMED',
        payment: { refunded: { amount: '10.05' } },
      }),
    );
    await eventually(async () => expect(await shop.available(buyer, tea)).toBe(10));
    await expectInvariants(auditorUrl);
    expect(await shop.ask(potter, operations.cancelShipment, { shipmentId: pots })).toMatchObject({
      cancelShipment: { status: 'CANCELLED' },
    });
    await eventually(async () =>
      expect(await read(buyer, id)).toMatchObject({
        status: 'CANCELLED',
        payment: { status: 'REFUNDED', refunded: { amount: '80.05' } },
      }),
    );
    await expectInvariants(auditorUrl);
    await eventually(async () => expect(await shop.available(buyer, mug)).toBe(10));
  });
});
