import type { Client } from '@emporium/client';
import { eventually } from '@emporium/testing';
import { describe, expect, it } from 'vitest';
import * as operations from '../graph/operations.ts';
import { openShop } from '../graph/shop.ts';
import { expectInvariants, wholeGraph } from '../graph/whole-graph.ts';

const { gatewayUrl, auditorUrl } = wholeGraph();
const shop = openShop(gatewayUrl);

type Shown = {
  readonly status: string;
  readonly payment: { readonly status: string; readonly refunded: { readonly amount: string } };
  readonly returns: readonly { readonly status: string; readonly refund: { amount: string } | null }[];
  readonly shipments: readonly { readonly id: string; readonly lines: readonly { returned: number }[] }[];
};

const order = /* GraphQL */ `
  query ($id: ID!) {
    order(id: $id) {
      status payment { status refunded { amount } } returns { status refund { amount } }
      shipments { id lines { returned } }
    }
  }
`;
const requestReturn = /* GraphQL */ `
  mutation ($input: RequestReturnInput!) {
    requestReturn(input: $input) { __typename ... on Return { id status } ... on RequestReturnRefusal { code } }
  }
`;
const approveReturn = /* GraphQL */ `
  mutation ($returnId: ID!) {
    approveReturn(returnId: $returnId) { __typename ... on Return { status } ... on ReturnRefusal { code } }
  }
`;
const receiveReturn = /* GraphQL */ `
  mutation ($input: ReceiveReturnInput!) {
    receiveReturn(input: $input) { __typename ... on Return { status } ... on ReturnRefusal { code } }
  }
`;
const toWorkOn = /* GraphQL */ `
  { me { seller { returns(filter: { status: [REQUESTED] }) { edges { node {
    id reason comment lines { quantity variant { sku } } order { buyer { name } }
  } } } } } }
`;

const read = async (client: Client, id: string) =>
  (await shop.ask<{ order: Shown }>(client, order, { id })).order;
const balanceOf = async (client: Client) =>
  (await shop.ask<{ me: { wallet: { balance: { amount: string } } } }>(client, operations.wallet)).me.wallet
    .balance.amount;

describe('a buyer who sends something back', () => {
  it('has the money again, and the seller the goods, less what is broken', async () => {
    const potter = await shop.newSeller('Potter');
    const mug = await shop.newArticle(potter, { price: '12.50', title: 'Mug' });
    const buyer = await shop.person('Ada');
    await shop.addToCart(buyer, mug.variantId, 4);
    const { id } = await shop.placeOrder(buyer);
    await shop.followOrder(buyer, id, ({ status }) => status === 'CONFIRMED');
    const shipmentId = (await read(buyer, id)).shipments[0]?.id ?? '';
    await shop.ask(potter, operations.shipShipment, {
      input: { shipmentId, carrier: 'Royal Mail', trackingNumber: 'RM-0001' },
    });
    await shop.ask(buyer, operations.confirmDelivery, { shipmentId });
    await shop.followOrder(buyer, id);
    expect(await balanceOf(potter)).toBe('50.00');

    const input = {
      ...{ shipmentId, idempotencyKey: 'three', reason: 'DAMAGED', comment: 'Two are cracked' },
      lines: [{ variantId: mug.variantId, quantity: 3 }],
    };
    const { requestReturn: asked } = await shop.ask<{ requestReturn: { id: string; status: string } }>(
      buyer,
      requestReturn,
      { input },
    );
    expect(await shop.ask(buyer, requestReturn, { input })).toEqual({ requestReturn: asked });
    expect(await shop.ask(potter, toWorkOn)).toMatchObject({
      me: {
        seller: {
          returns: {
            edges: [
              {
                node: {
                  ...{ id: asked.id, reason: 'DAMAGED', comment: 'Two are cracked' },
                  lines: [{ quantity: 3, variant: { sku: mug.sku } }],
                  order: { buyer: { name: 'Ada' } },
                },
              },
            ],
          },
        },
      },
    });
    expect(await shop.ask(potter, approveReturn, { returnId: asked.id })).toMatchObject({
      approveReturn: { status: 'APPROVED' },
    });
    const back = (disposition: string, quantity: number) => ({
      ...{ variantId: mug.variantId, disposition, quantity },
    });
    await shop.ask(potter, receiveReturn, {
      input: { returnId: asked.id, lines: [back('RESTOCK', 1), back('WRITE_OFF', 2)] },
    });

    await eventually(async () =>
      expect(await read(buyer, id)).toMatchObject({
        status: 'COMPLETED',
        payment: { status: 'PARTIALLY_REFUNDED', refunded: { amount: '37.50' } },
        returns: [{ status: 'REFUNDED', refund: { amount: '37.50' } }],
        shipments: [{ lines: [{ returned: 3 }] }],
      }),
    );
    expect(await balanceOf(potter)).toBe('12.50');
    await eventually(async () => expect(await shop.available(buyer, mug)).toBe(7));
    await expectInvariants(auditorUrl);
  });
});
