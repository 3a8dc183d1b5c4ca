import type { Client } from '@emporium/client';
import { eventually } from '@emporium/testing';
import { describe, expect, it } from 'vitest';
import { seated } from '../authorization/cast.ts';
import * as operations from '../graph/operations.ts';
import { type Article, openShop } from '../graph/shop.ts';
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

const withdraw = /* GraphQL */ `
  mutation ($input: WithdrawInput!) {
    withdraw(input: $input) { ... on Wallet { balance { amount } } ... on WalletRefusal { code } }
  }
`;
const writeOffClaim = /* GraphQL */ `
  mutation ($input: WriteOffClaimInput!) {
    writeOffClaim(input: $input) { ... on ClaimWriteOff { wallet { owed { amount } } } ... on ClaimRefusal { code } }
  }
`;
const walletOf = /* GraphQL */ `
  { me { id wallet { balance { amount } owed { amount } entries(first: 2) { edges { node { kind amount { amount } } } } } } }
`;
type Wallet = {
  readonly balance: { readonly amount: string };
  readonly owed: { readonly amount: string };
  readonly entries: {
    readonly edges: readonly {
      readonly node: { readonly kind: string; readonly amount: { amount: string } };
    }[];
  };
};

const read = async (client: Client, id: string) =>
  (await shop.ask<{ order: Shown }>(client, order, { id })).order;
const balanceOf = async (client: Client) =>
  (await shop.ask<{ me: { wallet: { balance: { amount: string } } } }>(client, operations.wallet)).me.wallet
    .balance.amount;

/** Four of an article, until the seller is paid for them. */
const sell = async (seller: Client, { variantId }: Article, buyer: Client) => {
  await shop.addToCart(buyer, variantId, 4);
  const { id } = await shop.placeOrder(buyer);
  await shop.followOrder(buyer, id, ({ status }) => status === 'CONFIRMED');
  const shipmentId = (await read(buyer, id)).shipments[0]?.id ?? '';
  await shop.ask(seller, operations.shipShipment, {
    input: { shipmentId, carrier: 'Royal Mail', trackingNumber: 'RM-0001' },
  });
  await shop.ask(buyer, operations.confirmDelivery, { shipmentId });
  await shop.followOrder(buyer, id);
  return { id, shipmentId };
};

describe('a buyer who sends something back', () => {
  it('has the money again, and the seller the goods, less what is broken', async () => {
    const potter = await shop.newSeller('Potter');
    const mug = await shop.newArticle(potter, { price: '12.50', title: 'Mug' });
    const buyer = await shop.person('Ada');
    const { id, shipmentId } = await sell(potter, mug, buyer);
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

describe('a seller who has spent what goes back', () => {
  it('owes it, less what ADMIN gives up, and makes it good with the next sale', async () => {
    const potter = await shop.newSeller('Potter');
    const mug = await shop.newArticle(potter, { price: '12.50', title: 'Mug' });
    const buyer = await shop.person('Ada');
    const gbp = (amount: string) => ({ amount, currency: 'GBP' });
    /** What is there, what is owed, and the last two entries. */
    const wallet = async () => {
      const { me } = await shop.ask<{ me: { id: string; wallet: Wallet } }>(potter, walletOf);
      const { balance, owed, entries } = me.wallet;
      const last = entries.edges.map(({ node }) => `${node.kind} ${node.amount.amount}`);
      return { id: me.id, balance: balance.amount, owed: owed.amount, last };
    };
    const { shipmentId } = await sell(potter, mug, buyer);
    const spent = { amount: gbp('40.00'), idempotencyKey: 'all but ten' };
    expect(await shop.ask(potter, withdraw, { input: spent })).toEqual({
      withdraw: { balance: { amount: '10.00' } },
    });

    const lines = [{ variantId: mug.variantId, quantity: 3 }];
    const { requestReturn: asked } = await shop.ask<{ requestReturn: { id: string } }>(
      buyer,
      requestReturn,
      { input: { shipmentId, idempotencyKey: 'three', reason: 'DAMAGED', lines } },
    );
    await shop.ask(potter, approveReturn, { returnId: asked.id });
    const back = lines.map((line) => ({ ...line, disposition: 'RESTOCK' }));
    await shop.ask(potter, receiveReturn, { input: { returnId: asked.id, lines: back } });
    await eventually(async () =>
      expect(await wallet()).toMatchObject({
        ...{ balance: '0.00', owed: '27.50' },
        last: ['REFUND -10.00', 'WITHDRAWAL -40.00'],
      }),
    );

    const admin = (await seated('admin', crypto.randomUUID())).client;
    const { id: userId } = await wallet();
    const given = { userId, amount: gbp('7.50'), reason: 'Agreed on', idempotencyKey: userId };
    expect(await shop.ask(admin, writeOffClaim, { input: given })).toEqual({
      writeOffClaim: { wallet: { owed: { amount: '20.00' } } },
    });

    await sell(potter, mug, buyer);
    await eventually(async () =>
      expect(await wallet()).toMatchObject({
        ...{ balance: '30.00', owed: '0.00' },
        last: ['RECOVERY -20.00', 'SALE 50.00'],
      }),
    );
    await expectInvariants(auditorUrl);
  });
});
