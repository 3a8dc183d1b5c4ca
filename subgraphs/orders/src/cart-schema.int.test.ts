import { stockChanged } from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { testDatabase } from '@emporium/testing';
import { type GraphQLSchema, graphql } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createContext } from './schema/context.ts';
import { createSchema } from './schema/create-schema.ts';
import { createTestOrders, type TestOrders, variant, viewer } from './test-orders.ts';

let orders: TestOrders;
let schema: GraphQLSchema;
const nobody = viewer(null);

beforeAll(async () => {
  orders = createTestOrders(await testDatabase('orders'));
  schema = await createSchema();
  await orders.sell(variant('mug', { minor: 850n }), variant('tea', { minor: 335n }));
});
afterAll(() => orders.stop());

const ask = async (
  who: ReturnType<typeof viewer>,
  source: string,
  variableValues: Record<string, unknown> = {},
  app = orders.app,
) => {
  const contextValue = createContext(app, who);
  const { data, errors } = await graphql({ schema, source, variableValues, contextValue });
  // biome-ignore lint/suspicious/noExplicitAny: the tests say what they expect
  return { data: data as any, codes: errors?.map(({ extensions }) => extensions.code) };
};

const inCart = `id version cartToken lines { quantity variant { id } priceWhenAdded { amount } }
  warnings { code message available line { title } variant { id } was { amount } now { amount } }`;
const shown = `__typename ... on Cart { ${inCart} } ... on CartRefusal { code field message }`;
const add = `mutation ($input: CartLineInput!, $cartToken: String) {
  addToCart(input: $input, cartToken: $cartToken) { ${shown} } }`;
const addMany = `mutation ($input: CartLinesInput!, $cartToken: String) {
  addLinesToCart(input: $input, cartToken: $cartToken) { ${shown} } }`;
const update = `mutation ($input: CartLineInput!, $cartToken: String, $version: Int, $quantity: Int) {
  updateCartLine(input: $input, cartToken: $cartToken, expectedVersion: $version, expectedQuantity: $quantity) { ${shown} } }`;
const merge = `mutation ($cartToken: String!) { mergeCart(cartToken: $cartToken) { ${shown} } }`;
const read = `query ($cartToken: String) { cart(cartToken: $cartToken) { ${inCart} } }`;
const mugs = (quantity: number) => ({ variantId: 'mug', quantity });

describe('a guest', () => {
  it('opens a cart by adding to it, is given its token once, and goes on with it', async () => {
    const opened = (await ask(nobody, add, { input: mugs(2) })).data.addToCart;
    expect(opened).toMatchObject({ __typename: 'Cart', version: 1, lines: [{ quantity: 2 }] });
    const { cartToken } = opened;
    expect(cartToken).toMatch(/^[\w-]{43}$/);

    const second = await ask(nobody, add, { input: mugs(1), cartToken });
    expect(second.data.addToCart).toMatchObject({ id: opened.id, version: 2, cartToken: null });
    const changed = await ask(nobody, update, { input: mugs(1), cartToken, version: 2 });
    expect(changed.data.updateCartLine).toMatchObject({ version: 3, lines: [{ quantity: 1 }] });
    const seen = (await ask(nobody, read, { cartToken })).data.cart;
    expect(seen).toMatchObject({ id: opened.id, cartToken: null, lines: [{ quantity: 1 }] });
  });

  it('opens one with many lines, too', async () => {
    const input = { lines: [mugs(1), { variantId: 'tea', quantity: 2 }] };
    const { addLinesToCart } = (await ask(nobody, addMany, { input })).data;
    expect(addLinesToCart).toMatchObject({ lines: [{ quantity: 1 }, { quantity: 2 }] });
    expect(addLinesToCart.cartToken).not.toBeNull();
  });

  it('has no cart without a token, and orders nothing', async () => {
    expect((await ask(nobody, read)).codes).toEqual(['UNAUTHENTICATED']);
    expect((await ask(nobody, update, { input: mugs(1) })).codes).toEqual(['UNAUTHENTICATED']);
    expect((await ask(nobody, merge, { cartToken: 'any' })).codes).toEqual(['UNAUTHENTICATED']);
  });

  it('learns nothing from a token that is nobody’s', async () => {
    const cartToken = 'x'.repeat(43);
    expect((await ask(nobody, read, { cartToken })).codes).toEqual(['NOT_FOUND']);
    expect((await ask(nobody, add, { input: mugs(1), cartToken })).data.addToCart).toMatchObject({
      code: 'CART_NOT_FOUND',
      field: 'cartToken',
    });
  });

  it('opens no other cart by a token that was lost', async () => {
    for (const cartToken of ['', ' ']) {
      expect((await ask(nobody, add, { input: mugs(1), cartToken })).codes).toEqual(['BAD_USER_INPUT']);
      expect((await ask(nobody, read, { cartToken })).codes).toEqual(['BAD_USER_INPUT']);
    }
  });

  it('waits when their network has opened too many', async () => {
    const guestless = { ...orders.app, openGuestCart: async () => ({ ok: false, retryAfter: 9 }) as const };
    expect((await ask(nobody, add, { input: mugs(1) }, guestless)).codes).toEqual(['RATE_LIMITED']);
  });
});

describe('who signs in', () => {
  it('takes what they had along, and is told what did not fit', async () => {
    const who = viewer('returner');
    await ask(who, add, { input: mugs(100_000) });
    const { cartToken } = (await ask(nobody, add, { input: mugs(2) })).data.addToCart;
    await ask(nobody, add, { input: { variantId: 'tea', quantity: 1 }, cartToken });
    const merged = (await ask(who, merge, { cartToken })).data.mergeCart;
    expect(merged.lines).toMatchObject([{ quantity: 100_000 }, { quantity: 1 }]);
    expect(merged.warnings).toMatchObject([
      { code: 'QUANTITY_CAPPED', line: { title: 'A mug' }, variant: { id: 'mug' } },
    ]);
    const again = (await ask(who, merge, { cartToken })).data.mergeCart;
    expect(again).toMatchObject({ version: merged.version, lines: merged.lines, warnings: [] });
    expect((await ask(nobody, read, { cartToken })).codes).toEqual(['NOT_FOUND']);
    expect((await ask(viewer('thief'), merge, { cartToken })).data.mergeCart).toMatchObject({
      code: 'CART_NOT_FOUND',
      field: 'cartToken',
    });
  });

  it('has a cart of their own, whatever token they send', async () => {
    const { cartToken } = (await ask(nobody, add, { input: mugs(2) })).data.addToCart;
    expect((await ask(viewer('other'), read, { cartToken })).data.cart.lines).toEqual([]);
    await ask(viewer('other'), add, { input: mugs(7), cartToken });
    expect((await ask(nobody, read, { cartToken })).data.cart.lines).toMatchObject([{ quantity: 2 }]);
  });

  it('changes nothing as SUPPORT', async () => {
    const support = viewer('sue', 'SUPPORT');
    for (const [source, variables] of [
      [add, { input: mugs(1) }],
      [update, { input: mugs(1) }],
      [merge, { cartToken: 'any' }],
    ] as const) {
      expect((await ask(support, source, variables)).codes).toEqual(['FORBIDDEN']);
    }
  });
});

describe('a refusal', () => {
  const who = viewer('refused');
  const refusalOf = async (source: string, variables: Record<string, unknown>) =>
    Object.values((await ask(who, source, variables)).data)[0];

  it('names the argument that is to blame', async () => {
    const gone = { variantId: 'gone', quantity: 1 };
    expect(await refusalOf(add, { input: gone })).toMatchObject({
      code: 'NOT_FOUND',
      field: 'input.variantId',
    });
    expect(await refusalOf(addMany, { input: { lines: [mugs(1), gone] } })).toMatchObject({
      field: 'input.lines.1.variantId',
    });
    const tooMany = [mugs(1), { variantId: 'tea', quantity: 100_000 }, { variantId: 'tea', quantity: 1 }];
    expect(await refusalOf(addMany, { input: { lines: tooMany } })).toMatchObject({
      code: 'QUANTITY_LIMIT',
      field: 'input.lines.1.quantity',
    });
    await ask(who, add, { input: mugs(2) });
    expect(await refusalOf(update, { input: mugs(3), quantity: 1 })).toMatchObject({
      code: 'CART_CHANGED',
      field: 'expectedQuantity',
      message: expect.stringContaining('again'),
    });
    expect(await refusalOf(update, { input: mugs(3), version: 99 })).toMatchObject({
      code: 'CART_CHANGED',
      field: 'expectedVersion',
    });
  });
});

describe('a warning', () => {
  it('says what it is about, in words and in figures', async () => {
    await orders.sell(variant('jar', { minor: 100n }));
    const who = viewer('warned');
    await ask(who, add, { input: { variantId: 'jar', quantity: 3 } });
    await orders.sell(variant('jar', { minor: 150n, version: 2 }));
    await orders.hear(stockChanged, { variantId: asId<'Variant'>('jar'), available: 1, version: 1 });
    const { lines, warnings } = (await ask(who, read)).data.cart;
    expect(lines).toMatchObject([{ priceWhenAdded: { amount: '1.00' } }]);
    const about = { line: { title: 'A jar' }, variant: { id: 'jar' } };
    expect(warnings).toEqual([
      {
        ...about,
        code: 'PRICE_CHANGED',
        message: expect.stringContaining('A jar'),
        was: { amount: '1.00' },
        now: { amount: '1.50' },
        available: null,
      },
      {
        ...about,
        code: 'SHORT_OF_STOCK',
        message: expect.stringContaining('Of “A jar” 1 are available'),
        was: null,
        now: null,
        available: 1,
      },
    ]);
  });
});
