/** People and goods for a scenario: each makes its own, so that no scenario sees another's. */
import { randomUUID } from 'node:crypto';
import { type Client, connect, dataOf } from '@emporium/client';
import { eventually } from '@emporium/testing';
import * as operations from './operations.ts';

const password = 'correct horse battery';

export type Article = {
  readonly productId: string;
  readonly variantId: string;
  readonly sku: string;
  readonly price: string;
};

/** What an order came to, as the subscription told it. */
export type Change = {
  sequence: number;
  status: string;
  at: string;
  order: {
    status: string;
    buyer: { name: string } | null;
    payment: { status: string } | null;
    shipments: { id: string; status: string }[];
    lines: {
      quantity: number;
      variant: {
        title: string;
        product: { title: string };
        availability: { inStock: boolean } | null;
      } | null;
    }[];
  };
};

type Result = { __typename: string; code?: string; message?: string };

/** A shop's front door: everything goes through the gateway. */
export const openShop = (gatewayUrl: string) => {
  const url = `${gatewayUrl}/graphql`;
  const person = (name: string, email = `${randomUUID()}@emporium.test`) =>
    connect(url).signUp(email, password, name);

  const ask = async <Data>(
    client: Client,
    document: string,
    variables: Record<string, unknown> = {},
  ): Promise<Data> => dataOf(await client.request<Data>(document, variables));

  const newSeller = async (
    displayName = 'Scenario Shop',
    email = `${randomUUID()}@emporium.test`,
  ): Promise<Client> => {
    const before = await connect(url).signUp(email, password, displayName);
    await ask(before, operations.becomeSeller, { input: { displayName } });
    // The role is in the next access token.
    return connect(url).signIn(email, password);
  };

  /** Somebody who has an account: one of ours, or of the demonstration's. */
  const signIn = (email: string, secret = password): Promise<Client> => connect(url).signIn(email, secret);

  /** Puts an article on sale with so many units, and waits until inventory and orders have heard of it. */
  const newArticle = async (
    seller: Client,
    { price = '12.50', stock = 10, title = 'A scenario’s article' } = {},
  ): Promise<Article> => {
    const sku = `E2E-${randomUUID().slice(0, 13).toUpperCase()}`;
    const input = { title, variants: [{ sku, price: { amount: price, currency: 'GBP' } }] };
    const { createProduct } = await ask<{ createProduct: { id: string; variants: { id: string }[] } }>(
      seller,
      operations.createProduct,
      { input },
    );
    const variantId = createProduct.variants[0]?.id ?? '';
    if (stock > 0) {
      await eventually(async () => {
        const { adjustStock } = await ask<{ adjustStock: Result }>(seller, operations.adjustStock, {
          input: { variantId, delta: stock, reason: 'Opening stock', idempotencyKey: `open:${sku}` },
        });
        if (adjustStock.__typename !== 'ProductVariant') throw new Error(adjustStock.code);
      });
    }
    const visitor = await person('Visitor');
    await eventually(async () => {
      const { addToCart } = await ask<{ addToCart: Result }>(visitor, operations.addToCart, {
        input: { variantId, quantity: 1 },
      });
      if (addToCart.__typename !== 'Cart') throw new Error(addToCart.code);
    });
    return { productId: createProduct.id, variantId, sku, price };
  };

  const addToCart = (buyer: Client, variantId: string, quantity: number) =>
    ask<{ addToCart: Result }>(buyer, operations.addToCart, { input: { variantId, quantity } });

  const placeOrder = async <
    Answer extends Result = Result & { id: string; number: string; status: string },
  >(
    buyer: Client,
    {
      token = 'tok_ok',
      key = randomUUID(),
      ...more
    }: { token?: string; key?: string } & Record<string, unknown> = {},
  ): Promise<Answer> => {
    const { placeOrder: result } = await ask<{ placeOrder: Answer }>(buyer, operations.placeOrder, {
      input: {
        idempotencyKey: key,
        shippingAddress: {
          name: 'Ada',
          line1: '1 High Street',
          city: 'Leeds',
          postalCode: 'LS1 1AA',
          country: 'GB',
        },
        payment: { method: 'CARD', token },
        ...more,
      },
    });
    return result;
  };

  const available = async (
    client: Client,
    { productId, variantId }: Article,
  ): Promise<number | undefined> => {
    type Answer = { product: { variants: { id: string; availability: { available: number } | null }[] } };
    const { product } = await ask<Answer>(client, operations.availability, { id: productId });
    return product.variants.find(({ id }) => id === variantId)?.availability?.available;
  };

  /** Follows an order until `until` says so, or until it ends. What a subgraph that is down cannot say is null. */
  const followOrder = async (
    client: Client,
    orderId: string,
    until: (change: Change) => boolean | Promise<boolean> = () => false,
  ): Promise<Change[]> => {
    const changes: Change[] = [];
    for await (const { data, errors } of client.subscribe<{ orderStatusChanged: Change }>(
      operations.follow,
      { orderId },
    )) {
      const orderStatusChanged =
        data?.orderStatusChanged ?? dataOf({ data, errors, status: 200 }).orderStatusChanged;
      changes.push(orderStatusChanged);
      if (await until(orderStatusChanged)) break;
    }
    return changes;
  };

  return {
    url,
    person,
    ask,
    newSeller,
    signIn,
    newArticle,
    addToCart,
    placeOrder,
    available,
    followOrder,
    anonymous: connect(url),
  };
};
