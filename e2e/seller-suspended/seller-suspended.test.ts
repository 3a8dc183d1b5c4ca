import { randomUUID } from 'node:crypto';
import type { Client } from '@emporium/client';
import { eventually } from '@emporium/testing';
import { describe, expect, it } from 'vitest';
import { seated } from '../authorization/cast.ts';
import * as operations from '../graph/operations.ts';
import { type Article, openShop } from '../graph/shop.ts';
import { expectInvariants, wholeGraph } from '../graph/whole-graph.ts';

const suspend = /* GraphQL */ `
  mutation ($id: ID!) {
    outcome: suspendSeller(sellerId: $id, reason: "Sold fakes.") { ... on Seller { id status } ... on SellerRefusal { code } }
  }
`;
const reinstate = /* GraphQL */ `
  mutation ($id: ID!) {
    outcome: reinstateSeller(sellerId: $id) { ... on Seller { id status } ... on SellerRefusal { code } }
  }
`;
const look = /* GraphQL */ `
  query ($id: ID!, $seller: ID!, $words: String!) {
    product(id: $id) { id }
    products(filter: { sellerId: $seller }) { edges { node { id } } }
    search(query: $words) { totalCount }
  }
`;
const readCart = '{ cart { lines { available variant { sku } } } }';
const shopOf = /* GraphQL */ `
  query ($id: ID!) { order(id: $id) { shipments { seller { displayName products { edges { node { id } } } } } } }
`;
const status = '{ me { id seller { status reason } wallet { balance { amount } } } }';
const withdraw = /* GraphQL */ `
  mutation ($input: WithdrawInput!) { withdraw(input: $input) { __typename ... on WalletRefusal { code } } }
`;

type Seen = {
  product: { id: string } | null;
  products: { edges: unknown[] };
  search: { totalCount: number };
};
type Status = {
  me: {
    id: string;
    seller: { status: string; reason: string | null };
    wallet: { balance: { amount: string } };
  };
};

/** A shop with one article of a name that nothing else has. */
const open = async () => {
  const shop = openShop(wholeGraph().gatewayUrl);
  const email = `${randomUUID()}@emporium.test`;
  const title = `Heirloom${randomUUID().slice(0, 8)}`;
  const seller = await shop.newSeller('Scenario Shop', email);
  const article = await shop.newArticle(seller, { title, price: '12.50', stock: 10 });
  const { me } = await shop.ask<Status>(seller, status);
  const { client: admin } = await seated('admin', randomUUID());
  return { shop, email, title, seller, sellerId: me.id, article, admin };
};
type Opened = Awaited<ReturnType<typeof open>>;

/** Whether somebody finds the article: by its id, in its seller's list, by its title. */
const finds = async ({ shop, article, sellerId, title }: Opened, client: Client) => {
  const seen = await shop.ask<Seen>(client, look, {
    id: article.productId,
    seller: sellerId,
    words: title,
  });
  return [seen.product !== null, seen.products.edges.length > 0, seen.search.totalCount > 0];
};

const nowhere = [false, false, false];
const everywhere = [true, true, true];

/** The seller signs in again: at once the tokens of the suspension's own second may still be refused. */
const signInAgain = async ({ shop, email }: Opened): Promise<Client> => {
  const again: { client?: Client } = {};
  await eventually(async () => {
    again.client = await shop.signIn(email);
    await shop.ask(again.client, '{ me { id } }');
  });
  if (!again.client) throw new Error('nobody signed in');
  return again.client;
};

const selling = async ({ shop }: Opened, seller: Client, { variantId }: Article) => {
  const answer = async (document: string, input: object) =>
    Object.values(await shop.ask<Record<string, { code?: string }>>(seller, document, { input }))[0]?.code;
  return [
    await answer(operations.createProduct, {
      title: 'New',
      variants: [{ sku: randomUUID(), price: { amount: '1.00', currency: 'GBP' } }],
    }),
    await answer(operations.adjustStock, {
      variantId,
      delta: 1,
      reason: 'More',
      idempotencyKey: randomUUID(),
    }),
  ];
};

describe('a seller who is suspended while an order is under way', () => {
  it('is gone from the shop, sends and is paid what was ordered, and comes back with a reinstatement', async () => {
    const opened = await open();
    const { shop, seller, sellerId, article, admin } = opened;
    const [buyer, waiting] = [await shop.person('Ada'), await shop.person('Bob')];
    await shop.addToCart(buyer, article.variantId, 2);
    await shop.addToCart(waiting, article.variantId, 1);
    const { id: orderId } = await shop.placeOrder(buyer);
    const changes = await shop.followOrder(buyer, orderId, ({ status: now }) => now === 'CONFIRMED');
    const shipmentId = changes.at(-1)?.order.shipments[0]?.id;
    expect(await finds(opened, waiting)).toEqual(everywhere);

    // Not for the seller, nor for anybody else who is no administrator.
    for (const client of [seller, buyer]) {
      expect(await shop.ask(client, suspend, { id: sellerId })).toEqual({ outcome: { code: 'NOT_FOUND' } });
    }
    expect(await shop.ask(admin, suspend, { id: sellerId })).toEqual({
      outcome: { id: sellerId, status: 'SUSPENDED' },
    });

    // What they offered is nowhere, and cannot be ordered.
    await eventually(async () => {
      expect(await finds(opened, waiting)).toEqual(nowhere);
      expect(await finds(opened, shop.anonymous)).toEqual(nowhere);
      // What products does not show to the buyer is null, and the gateway says so.
      const { data } = await waiting.request(readCart);
      expect(data).toEqual({ cart: { lines: [{ available: false, variant: null }] } });
    });
    expect(await shop.placeOrder(waiting)).toMatchObject({ code: 'UNAVAILABLE' });
    expect(await shop.addToCart(buyer, article.variantId, 1)).toMatchObject({
      addToCart: { code: 'NOT_FOUND' },
    });
    expect(await shop.ask(buyer, shopOf, { id: orderId })).toEqual({
      order: { shipments: [{ seller: { displayName: 'Scenario Shop', products: { edges: [] } } }] },
    });

    // The token that says SELLER is worth nothing, and the next one no longer says it.
    await eventually(async () => {
      const { errors } = await seller.request('{ me { id } }');
      expect(errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
    });
    const again = await signInAgain(opened);
    expect(await shop.ask(again, status)).toMatchObject({
      me: { seller: { status: 'SUSPENDED', reason: 'Sold fakes.' } },
    });
    expect(await finds(opened, again)).toEqual(everywhere);
    expect(await selling(opened, again, article)).toEqual(['NOT_A_SELLER', 'SELLER_SUSPENDED']);

    // What was ordered goes on to its end.
    const parcel = { shipmentId, carrier: 'Royal Mail', trackingNumber: 'RM123456789GB' };
    expect(await shop.ask(again, operations.shipShipment, { input: parcel })).toMatchObject({
      shipShipment: { status: 'SHIPPED' },
    });
    await shop.ask(buyer, operations.confirmDelivery, { shipmentId });
    const end = (await shop.followOrder(buyer, orderId)).at(-1);
    expect(end).toMatchObject({ status: 'COMPLETED', order: { lines: [{ quantity: 2, variant: null }] } });
    const { me } = await shop.ask<Status>(again, status);
    expect(me.wallet.balance.amount).toBe('25.00');
    const payout = { amount: { amount: '25.00', currency: 'GBP' }, idempotencyKey: randomUUID() };
    expect(await shop.ask(again, withdraw, { input: payout })).toEqual({
      withdraw: { __typename: 'Wallet' },
    });

    expect(await shop.ask(admin, reinstate, { id: sellerId })).toEqual({
      outcome: { id: sellerId, status: 'ACTIVE' },
    });
    await eventually(async () => expect(await finds(opened, waiting)).toEqual(everywhere));
    await eventually(async () =>
      expect(await shop.placeOrder(waiting)).toMatchObject({ __typename: 'Order' }),
    );
    const restored = await signInAgain(opened);
    await eventually(async () =>
      expect(await selling(opened, restored, article)).toEqual([undefined, undefined]),
    );
    await expectInvariants(wholeGraph().auditorUrl);
  });
});
