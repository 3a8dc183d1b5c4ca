import { randomBytes, randomUUID } from 'node:crypto';
import type { CollectedSpan } from '@emporium/testing';
import { eventually } from '@emporium/testing';
import { expect, it } from 'vitest';
import * as operations from '../graph/operations.ts';
import { openShop } from '../graph/shop.ts';
import { wholeGraph } from '../graph/whole-graph.ts';

const { gatewayUrl, collectorUrl } = wholeGraph();
const shop = openShop(gatewayUrl);

const token = 'tok_ok';
const name = 'Augusta Ada King';

const spansOf = async (traceId: string): Promise<CollectedSpan[]> => {
  const spans = (await (await fetch(`${collectorUrl}/spans`)).json()) as CollectedSpan[];
  return spans.filter((span) => span.traceId === traceId);
};

it('a purchase is one trace, from the client through the subgraphs, their databases and their events', async () => {
  const article = await shop.newArticle(await shop.newSeller());
  const buyer = await shop.person('Ada');
  await shop.addToCart(buyer, article.variantId, 1);
  const [traceId, client] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
  const response = await fetch(shop.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${buyer.token}`,
      traceparent: `00-${traceId}-${client}-01`,
    },
    body: JSON.stringify({
      query: operations.placeOrder.replace('mutation', 'mutation PlaceOrder'),
      variables: {
        input: {
          idempotencyKey: randomUUID(),
          shippingAddress: {
            name,
            line1: '1 High Street',
            city: 'Leeds',
            postalCode: 'LS1 1AA',
            country: 'GB',
          },
          payment: { method: 'CARD', token },
        },
      },
    }),
  });
  expect(await response.json()).toMatchObject({ data: { placeOrder: { __typename: 'Order' } } });

  const spans = await eventually(async () => {
    const all = await spansOf(traceId);
    const seen = all.map(({ service, name }) => `${service}: ${name}`);
    expect(seen).toEqual(
      expect.arrayContaining([
        'gateway: mutation PlaceOrder',
        'gateway: fetch orders',
        'orders: graphql',
        'orders: transaction',
        'orders: WITH order_addresses',
        'orders: publish emporium.orders.placed.v1',
        'inventory: process emporium.orders.placed.v1',
        'inventory: INSERT inbox',
        'inventory: publish emporium.inventory.reserved.v1',
        'orders: process emporium.inventory.reserved.v1',
        'orders: publish emporium.orders.payment-requested.v1',
        'payments: process emporium.orders.payment-requested.v1',
      ]),
    );
    return all;
  });

  const parentOf = (service: string, name: string): string => {
    const span = spans.find((one) => one.service === service && one.name === name);
    const parent = spans.find(({ spanId }) => spanId === span?.parentSpanId);
    return parent ? `${parent.service}: ${parent.name}` : String(span?.parentSpanId);
  };
  expect(parentOf('gateway', 'mutation PlaceOrder')).toBe(client);
  expect(parentOf('gateway', 'fetch orders')).toBe('gateway: mutation PlaceOrder');
  expect(parentOf('orders', 'graphql')).toBe('gateway: fetch orders');
  expect(parentOf('orders', 'WITH order_addresses')).toBe('orders: transaction');
  expect(parentOf('inventory', 'process emporium.orders.placed.v1')).toBe('orders: graphql');
  expect(parentOf('payments', 'process emporium.orders.payment-requested.v1')).toBe(
    'orders: process emporium.inventory.reserved.v1',
  );
  for (const secret of [token, name, buyer.token]) expect(JSON.stringify(spans)).not.toContain(secret);
});
