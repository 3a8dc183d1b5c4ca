import type { Client } from '@emporium/client';
import { eventually } from '@emporium/testing';
import { describe, expect, it } from 'vitest';
import { seated } from '../authorization/cast.ts';
import * as operations from '../graph/operations.ts';
import { openShop } from '../graph/shop.ts';
import { expectInvariants, wholeGraph } from '../graph/whole-graph.ts';

const { gatewayUrl, auditorUrl } = wholeGraph();
const shop = openShop(gatewayUrl);

const source = /* GraphQL */ `
  query ($id: ID!) {
    order(id: $id) {
      status shipments { id disputed } disputes { id status note refunded { amount } }
      timeline { type } payment { refunded { amount } }
    }
  }
`;
const openDispute = /* GraphQL */ `
  mutation ($input: OpenDisputeInput!) {
    openDispute(input: $input) { ... on Dispute { id status } ... on DisputeRefusal { code } }
  }
`;
const decideDispute = /* GraphQL */ `
  mutation ($input: DecideDisputeInput!) {
    decideDispute(input: $input) { ... on Dispute { status } ... on DisputeRefusal { code } }
  }
`;
const walletChanged = /* GraphQL */ `
  subscription { walletChanged {
    kind amount { amount } message order { number } wallet { balance { amount } pending { amount } }
  } }
`;
const against = '{ me { seller { disputes(filter: { status: [OPEN] }) { edges { node { id note } } } } } }';

type Shown = {
  readonly status: string;
  readonly shipments: readonly { readonly id: string; readonly disputed: boolean }[];
  readonly timeline: readonly { readonly type: string }[];
};

const read = async (client: Client, id: string) =>
  (await shop.ask<{ order: Shown }>(client, source, { id })).order;

describe('a disputed shipment', () => {
  it('is paid when somebody decides, and its seller is told live', async () => {
    const seller = await shop.newSeller('Potter');
    const article = await shop.newArticle(seller, { price: '12.50', title: 'Mug' });
    const buyer = await shop.person('Ada');
    const admin = (await seated('admin', crypto.randomUUID())).client;
    await shop.addToCart(buyer, article.variantId, 2);
    const { id, number } = await shop.placeOrder(buyer);
    await shop.followOrder(buyer, id, ({ status }) => status === 'CONFIRMED');
    const shipmentId = (await read(buyer, id)).shipments[0]?.id ?? '';

    const events = seller.subscribe<{ walletChanged: object }>(walletChanged);
    expect((await events.next()).value.data).toMatchObject({
      walletChanged: { kind: null, wallet: { pending: { amount: '25.00' } } },
    });
    const input = { shipmentId, reason: 'DAMAGED', note: 'One is broken.', idempotencyKey: 'broken' };
    const opened = await shop.ask<{ openDispute: { id: string } }>(buyer, openDispute, { input });
    const disputeId = opened.openDispute.id;
    expect(await shop.ask(seller, against)).toEqual({
      me: { seller: { disputes: { edges: [{ node: { id: disputeId, note: null } }] } } },
    });
    await shop.ask(seller, operations.shipShipment, {
      input: { shipmentId, carrier: 'Royal Mail', trackingNumber: 'RM-1234' },
    });
    await shop.ask(buyer, operations.confirmDelivery, { shipmentId });
    await eventually(async () => {
      expect(await read(seller, id)).toMatchObject({
        status: 'DELIVERED',
        shipments: [{ disputed: true }],
        timeline: expect.arrayContaining([{ type: 'DisputeOpened' }]),
      });
    });

    const decision = {
      ...{ disputeId, inFavourOf: 'BUYER', refund: { amount: '12.50', currency: 'GBP' } },
    };
    expect(await shop.ask(admin, decideDispute, { input: decision })).toEqual({
      decideDispute: { status: 'DECIDED_FOR_BUYER' },
    });
    expect((await events.next()).value.data).toEqual({
      walletChanged: {
        ...{ kind: 'SALE', amount: { amount: '12.50' }, order: { number } },
        message: `Funds released: £12.50 from order ${id}`,
        wallet: { balance: { amount: '12.50' }, pending: { amount: '0.00' } },
      },
    });
    await events.return?.();
    await shop.followOrder(buyer, id);
    await eventually(async () => {
      expect(await read(buyer, id)).toMatchObject({
        status: 'COMPLETED',
        shipments: [{ disputed: false }],
        disputes: [{ status: 'DECIDED_FOR_BUYER', note: 'One is broken.', refunded: { amount: '12.50' } }],
        timeline: expect.arrayContaining([{ type: 'DisputeDecided' }]),
        payment: { refunded: { amount: '12.50' } },
      });
    });
    await expectInvariants(auditorUrl);
  });
});
