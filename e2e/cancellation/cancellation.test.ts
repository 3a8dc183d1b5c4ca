import { eventually } from '@emporium/testing';
import { describe, expect, it } from 'vitest';
import * as operations from '../graph/operations.ts';
import { openShop } from '../graph/shop.ts';
import { expectInvariants, wholeGraph } from '../graph/whole-graph.ts';

const { gatewayUrl, auditorUrl } = wholeGraph();
const shop = openShop(gatewayUrl);

const placed = async () => {
  const seller = await shop.newSeller();
  const article = await shop.newArticle(seller, { stock: 4 });
  const buyer = await shop.person('Ada');
  await shop.addToCart(buyer, article.variantId, 4);
  const { id } = await shop.placeOrder(buyer);
  return { seller, article, buyer, id };
};

describe('cancelling', () => {
  it('after the capture gives back the money and the stock', async () => {
    const { article, buyer, id } = await placed();
    await shop.followOrder(buyer, id, ({ status }) => status === 'CONFIRMED');
    expect(await shop.ask(buyer, operations.cancelOrder, { orderId: id })).toMatchObject({
      cancelOrder: { status: 'CANCELLED' },
    });
    await eventually(async () => {
      const { order } = await shop.ask<{ order: object }>(buyer, operations.readOrder, { id });
      expect(order).toMatchObject({
        status: 'CANCELLED',
        payment: { status: 'REFUNDED', refunded: { amount: '50.00' } },
      });
    });
    await eventually(async () => expect(await shop.available(buyer, article)).toBe(4));
    await expectInvariants(auditorUrl);
  });

  it('at once, whatever the purchase is doing, nets to zero', async () => {
    const { article, buyer, id } = await placed();
    await shop.ask(buyer, operations.cancelOrder, { orderId: id });
    const changes = await shop.followOrder(buyer, id);
    expect(changes.at(-1)?.status).toBe('CANCELLED');
    await expectInvariants(auditorUrl);
    expect(await shop.available(buyer, article)).toBe(4);
  });

  it('is refused once it has shipped', async () => {
    const { seller, buyer, id } = await placed();
    const changes = await shop.followOrder(buyer, id, ({ status }) => status === 'CONFIRMED');
    const shipmentId = changes.at(-1)?.order.shipments[0]?.id;
    await shop.ask(seller, operations.shipShipment, {
      input: { shipmentId, carrier: 'DHL', trackingNumber: 'JD014600003' },
    });
    expect(await shop.ask(buyer, operations.cancelOrder, { orderId: id })).toMatchObject({
      cancelOrder: { code: 'ALREADY_SHIPPED' },
    });
  });
});
