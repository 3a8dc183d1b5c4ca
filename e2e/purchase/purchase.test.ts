import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import * as operations from '../graph/operations.ts';
import { openShop } from '../graph/shop.ts';
import { expectInvariants, wholeGraph } from '../graph/whole-graph.ts';

const { gatewayUrl, auditorUrl } = wholeGraph();
const shop = openShop(gatewayUrl);
const parcel = { carrier: 'Royal Mail', trackingNumber: 'RM123456789GB' };

describe('a purchase', () => {
  it('moves from PENDING to COMPLETED, live, resolved across all five subgraphs', async () => {
    const seller = await shop.newSeller();
    const article = await shop.newArticle(seller, { price: '12.50', stock: 10, title: 'Oak board' });
    const buyer = await shop.person('Ada');
    await shop.addToCart(buyer, article.variantId, 2);
    const order = await shop.placeOrder(buyer, { expectedTotal: { amount: '25.00', currency: 'GBP' } });
    expect(order).toMatchObject({
      __typename: 'Order',
      status: 'PENDING',
      total: { amount: '25.00', currency: 'GBP' },
    });

    const changes = await shop.followOrder(buyer, order.id, async ({ status, order: { shipments } }) => {
      const shipmentId = shipments[0]?.id;
      if (status === 'CONFIRMED')
        await shop.ask(seller, operations.shipShipment, { input: { shipmentId, ...parcel } });
      if (status === 'SHIPPED') await shop.ask(buyer, operations.confirmDelivery, { shipmentId });
      return false;
    });

    const path = ['PENDING', 'RESERVED', 'CONFIRMED', 'SHIPPED', 'DELIVERED', 'COMPLETED'];
    const seen = changes.map(({ status }) => status);
    expect(path.slice(-seen.length)).toEqual(seen);
    const sequences = changes.map(({ sequence }) => sequence);
    expect(sequences.toSorted((a, b) => a - b)).toEqual(sequences);
    expect(changes.at(-1)?.order).toMatchObject({
      buyer: { name: 'Ada' },
      payment: { status: 'CAPTURED' },
      lines: [
        {
          quantity: 2,
          variant: { title: 'Oak board', product: { title: 'Oak board' }, availability: { inStock: true } },
        },
      ],
    });
    expect(await shop.available(buyer, article)).toBe(8);
    const { me } = await shop.ask<{ me: { wallet: { balance: { amount: string } } } }>(
      seller,
      operations.wallet,
    );
    expect(me.wallet.balance.amount).toBe('25.00');
    await expectInvariants(auditorUrl);
  });

  it('resumes after any sequence, with nothing missed and nothing twice', async () => {
    const seller = await shop.newSeller();
    const article = await shop.newArticle(seller);
    const buyer = await shop.person('Ada');
    await shop.addToCart(buyer, article.variantId, 1);
    const { id } = await shop.placeOrder(buyer);
    const confirmed = (change: { status: string }) => change.status === 'CONFIRMED';
    await shop.followOrder(buyer, id, confirmed);
    const order = await shop.ask<{ order: { timeline: { sequence: number }[] } }>(
      buyer,
      operations.readOrder,
      { id },
    );
    const first = order.order.timeline[0]?.sequence ?? 0;
    await shop.ask(buyer, operations.cancelOrder, { orderId: id });

    const resumed: string[] = [];
    const events = buyer.subscribe<{ orderStatusChanged: { status: string } }>(operations.follow, {
      orderId: id,
      afterSequence: first,
    });
    for await (const { data } of events) if (data) resumed.push(data.orderStatusChanged.status);
    expect(resumed).toEqual(['RESERVED', 'CONFIRMED', 'CANCELLED']);
  });

  it('is placed once for one key, whatever runs at once', async () => {
    const seller = await shop.newSeller();
    const article = await shop.newArticle(seller);
    const buyer = await shop.person('Ada');
    await shop.addToCart(buyer, article.variantId, 1);
    const key = randomUUID();
    const placed = await Promise.all(Array.from({ length: 10 }, () => shop.placeOrder(buyer, { key })));
    expect(new Set(placed.map(({ id }) => id)).size).toBe(1);
    expect(await shop.placeOrder(buyer, { key, token: 'tok_declined' })).toMatchObject({
      code: 'IDEMPOTENCY_MISMATCH',
    });
    expect(await shop.placeOrder(buyer)).toMatchObject({ code: 'EMPTY_CART' });
  });

  it('is refused when the total is not the one that the buyer saw', async () => {
    const seller = await shop.newSeller();
    const article = await shop.newArticle(seller, { price: '9.99' });
    const buyer = await shop.person('Ada');
    await shop.addToCart(buyer, article.variantId, 1);
    const refusal = await shop.placeOrder(buyer, { expectedTotal: { amount: '9.98', currency: 'GBP' } });
    expect(refusal).toMatchObject({ __typename: 'PlaceOrderRefusal', code: 'PRICE_CHANGED' });
  });

  it('splits into one shipment per seller, and completes when all have', async () => {
    const sellers = [await shop.newSeller('First'), await shop.newSeller('Second')] as const;
    const articles = await Promise.all(sellers.map((seller) => shop.newArticle(seller)));
    const buyer = await shop.person('Ada');
    for (const { variantId } of articles) await shop.addToCart(buyer, variantId, 1);
    const { id } = await shop.placeOrder(buyer);
    const done = new Set<string>();
    const changes = await shop.followOrder(buyer, id, async ({ status }) => {
      if (status === 'CONFIRMED') {
        for (const seller of sellers) {
          const { order } = await shop.ask<{ order: { shipments: { id: string }[] } }>(
            seller,
            operations.readOrder,
            { id },
          );
          expect(order.shipments).toHaveLength(1);
          await shop.ask(seller, operations.shipShipment, {
            input: { shipmentId: order.shipments[0]?.id, ...parcel },
          });
          done.add(order.shipments[0]?.id ?? '');
        }
      }
      if (status === 'SHIPPED')
        for (const shipmentId of done) await shop.ask(buyer, operations.confirmDelivery, { shipmentId });
      return false;
    });
    expect(done.size).toBe(2);
    expect(changes.at(-1)?.status).toBe('COMPLETED');
    await expectInvariants(auditorUrl);
  });

  it('pays from a wallet that was topped up', async () => {
    const seller = await shop.newSeller();
    const article = await shop.newArticle(seller, { price: '30.00' });
    const buyer = await shop.person('Ada');
    const topUp = /* GraphQL */ `
      mutation ($input: TopUpInput!) {
        topUpWallet(input: $input) { __typename ... on Wallet { balance { amount } } ... on WalletRefusal { code } }
      }
    `;
    const input = {
      amount: { amount: '40.00', currency: 'GBP' },
      token: 'tok_ok',
      idempotencyKey: 'first',
    };
    expect(await shop.ask(buyer, topUp, { input })).toMatchObject({
      topUpWallet: { balance: { amount: '40.00' } },
    });
    await shop.addToCart(buyer, article.variantId, 1);
    const { id } = await shop.placeOrder(buyer, { payment: { method: 'WALLET' } });
    const changes = await shop.followOrder(buyer, id, ({ status }) => status === 'CONFIRMED');
    expect(changes.at(-1)?.status).toBe('CONFIRMED');
    const { me } = await shop.ask<{ me: { wallet: { balance: { amount: string } } } }>(
      buyer,
      operations.wallet,
    );
    expect(me.wallet.balance.amount).toBe('10.00');
    await expectInvariants(auditorUrl);
  });
});
