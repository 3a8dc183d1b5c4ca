import { dataOf } from '@emporium/client';
import { describe, expect, it } from 'vitest';
import * as operations from '../graph/operations.ts';
import { openShop } from '../graph/shop.ts';
import { wholeGraph } from '../graph/whole-graph.ts';

const shop = openShop(wholeGraph().gatewayUrl);

const purchase = async () => {
  const seller = await shop.newSeller();
  const article = await shop.newArticle(seller);
  const buyer = await shop.person('Ada');
  await shop.addToCart(buyer, article.variantId, 1);
  const { id } = await shop.placeOrder(buyer);
  return { seller, article, buyer, id };
};

describe('what is another’s', () => {
  it('order is unknown to a stranger, on every path', async () => {
    const { id, buyer } = await purchase();
    await shop.followOrder(buyer, id, ({ status }) => status === 'CONFIRMED');
    const { order } = await shop.ask<{ order: { shipments: { id: string }[] } }>(
      buyer,
      operations.readOrder,
      { id },
    );
    const stranger = await shop.person('Eve');
    const shipmentId = order.shipments[0]?.id;
    expect(await shop.ask(stranger, operations.readOrder, { id })).toEqual({ order: null });
    expect(await shop.ask(stranger, operations.cancelOrder, { orderId: id })).toMatchObject({
      cancelOrder: { code: 'NOT_FOUND' },
    });
    expect(await shop.ask(stranger, operations.confirmDelivery, { shipmentId })).toMatchObject({
      confirmDelivery: { code: 'NOT_FOUND' },
    });
    expect(
      await shop.ask(stranger, operations.shipShipment, {
        input: { shipmentId, carrier: 'DHL', trackingNumber: 'JD014600003' },
      }),
    ).toMatchObject({ shipShipment: { code: 'NOT_FOUND' } });
    await expect(shop.followOrder(stranger, id)).rejects.toThrow('NOT_FOUND');
    await expect(shop.followOrder(stranger, 'no-such-order')).rejects.toThrow('NOT_FOUND');
  });

  it('stock and price stay as they are', async () => {
    const { article } = await purchase();
    const rival = await shop.newSeller('Rival');
    const input = {
      variantId: article.variantId,
      delta: -1,
      reason: 'Mischief',
      idempotencyKey: 'mischief',
    };
    expect(await shop.ask(rival, operations.adjustStock, { input })).toMatchObject({
      adjustStock: { code: 'NOT_FOUND' },
    });
    const price = /* GraphQL */ `
      mutation ($input: VariantPriceInput!) { updateVariantPrice(input: $input) { ... on ProductRefusal { code } } }
    `;
    const cheap = { variantId: article.variantId, price: { amount: '0.01', currency: 'GBP' } };
    expect(await shop.ask(rival, price, { input: cheap })).toEqual({
      updateVariantPrice: { code: 'NOT_FOUND' },
    });
  });

  it('e-mail address is null to the seller, and the seller sees only their own lines', async () => {
    const { seller, id, buyer } = await purchase();
    await shop.followOrder(buyer, id, ({ status }) => status === 'CONFIRMED');
    const { order } = await shop.ask<{ order: { buyer: object } }>(seller, operations.readOrder, { id });
    expect(order.buyer).toEqual({ name: 'Ada', email: null });
  });

  it('cart needs somebody signed in', async () => {
    const { errors } = await shop.anonymous.request(operations.readCart);
    expect(errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });

  it('identity cannot be claimed by a header', async () => {
    const victim = await shop.person('Victim');
    const { me } = dataOf(await victim.request<{ me: { id: string } }>('{ me { id } }'));
    const response = await fetch(shop.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-viewer': me.id,
        'x-user-id': me.id,
        'x-forwarded-user': me.id,
      },
      body: JSON.stringify({ query: '{ me { id } }' }),
    });
    expect(await response.json()).toMatchObject({ data: { me: null } });
  });
});
