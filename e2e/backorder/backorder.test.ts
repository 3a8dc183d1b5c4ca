import { eventually } from '@emporium/testing';
import { describe, expect, it } from 'vitest';
import * as operations from '../graph/operations.ts';
import { openShop } from '../graph/shop.ts';
import { expectInvariants, wholeGraph } from '../graph/whole-graph.ts';

const { gatewayUrl, auditorUrl } = wholeGraph();
const shop = openShop(gatewayUrl);

describe('an order beyond what is there', () => {
  it('is confirmed, ships when the goods have come, and no sooner', async () => {
    const seller = await shop.newSeller();
    const { variantId } = await shop.newArticle(seller, { stock: 1 });
    await shop.ask(seller, setBackorder, { input: { variantId, allowed: true, limit: 2 } });
    const buyer = await shop.person('Ada');
    await shop.addToCart(buyer, variantId, 3);
    const { id } = await shop.placeOrder(buyer);
    const changes = await shop.followOrder(buyer, id, ({ status }) => status === 'CONFIRMED');
    const read = () => shop.ask<{ order: object }>(buyer, readLines, { id });
    expect(await read()).toMatchObject({
      order: {
        status: 'CONFIRMED',
        lines: [
          {
            quantity: 3,
            backordered: 2,
            variant: { availability: { available: 0, inStock: false, backorderable: false } },
          },
        ],
      },
    });
    await expectInvariants(auditorUrl);

    const input = {
      shipmentId: changes.at(-1)?.order.shipments[0]?.id,
      carrier: 'DHL',
      trackingNumber: 'JD014600003',
    };
    expect(await shop.ask(seller, operations.shipShipment, { input })).toMatchObject({
      shipShipment: { code: 'BACKORDERED' },
    });
    await shop.ask(seller, operations.adjustStock, {
      input: { variantId, delta: 2, kind: 'RECEIPT', reason: 'Delivery', idempotencyKey: 'delivery' },
    });
    await eventually(async () =>
      expect(await read()).toMatchObject({ order: { lines: [{ backordered: 0 }] } }),
    );
    expect(await shop.ask(seller, operations.shipShipment, { input })).toMatchObject({
      shipShipment: { status: 'SHIPPED' },
    });
    await expectInvariants(auditorUrl);
  });
});

const setBackorder = /* GraphQL */ `
  mutation ($input: BackorderInput!) { setBackorder(input: $input) { __typename } }
`;

const readLines = /* GraphQL */ `
  query ($id: ID!) {
    order(id: $id) {
      status
      lines { quantity backordered variant { availability { available inStock backorderable } } }
    }
  }
`;
