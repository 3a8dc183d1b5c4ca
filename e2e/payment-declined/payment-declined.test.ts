import { describe, expect, it } from 'vitest';
import * as operations from '../graph/operations.ts';
import { openShop } from '../graph/shop.ts';
import { expectInvariants, wholeGraph } from '../graph/whole-graph.ts';

const { gatewayUrl, auditorUrl } = wholeGraph();
const shop = openShop(gatewayUrl);

const keepCard = /* GraphQL */ `
  mutation ($input: AddPaymentMethodInput!) { addPaymentMethod(input: $input) { ... on PaymentMethod { id } } }
`;
const keptCards = '{ me { paymentMethods { id brand last4 status isDefault } } }';
const removeCard = /* GraphQL */ `
  mutation ($id: ID!) { removePaymentMethod(paymentMethodId: $id) { ... on PaymentMethod { status } } }
`;
const why = 'query ($id: ID!) { order(id: $id) { payment { declineReason } } }';

const buy = async (token: string) => {
  const seller = await shop.newSeller();
  const article = await shop.newArticle(seller, { stock: 3 });
  const buyer = await shop.person('Ada');
  await shop.addToCart(buyer, article.variantId, 3);
  const { id } = await shop.placeOrder(buyer, { token });
  const changes = await shop.followOrder(buyer, id, ({ status }) => status === 'CONFIRMED');
  return { article, buyer, id, last: changes.at(-1)?.status };
};

describe('a card', () => {
  it('that is declined fails the order, frees the stock and gives the cart back', async () => {
    const { article, buyer, id, last } = await buy('tok_declined');
    expect(last).toBe('FAILED');
    const { order } = await shop.ask<{ order: object }>(buyer, operations.readOrder, { id });
    expect(order).toMatchObject({ failureReason: 'PAYMENT_DECLINED', payment: { status: 'DECLINED' } });
    await expectInvariants(auditorUrl);
    expect(await shop.available(buyer, article)).toBe(3);
    const { cart } = await shop.ask<{ cart: { lines: object[] } }>(buyer, operations.readCart);
    expect(cart.lines).toEqual([{ quantity: 3, variant: { id: article.variantId } }]);
  });

  it.each(['tok_error', 'tok_slow', 'tok_timeout'])(
    'that behaves like %s is charged once, and the order confirmed',
    async (token) => {
      const { last } = await buy(token);
      expect(last).toBe('CONFIRMED');
      await expectInvariants(auditorUrl);
    },
  );

  it('that its buyer keeps pays again and again, and fails the order once it is removed', async () => {
    const seller = await shop.newSeller();
    const { variantId } = await shop.newArticle(seller, { stock: 5 });
    const buyer = await shop.person('Ada');
    const { addPaymentMethod: card } = await shop.ask<{ addPaymentMethod: { id: string } }>(
      buyer,
      keepCard,
      {
        input: { token: 'tok_ok', idempotencyKey: 'kept' },
      },
    );
    const { me } = await shop.ask<{ me: object }>(buyer, keptCards);
    const kept = { id: card.id, brand: 'visa', last4: '4242', status: 'ACTIVE', isDefault: true };
    expect(me).toEqual({ paymentMethods: [kept] });
    const order = async () => {
      await shop.addToCart(buyer, variantId, 1);
      const payment = { method: 'CARD', paymentMethodId: card.id };
      const { id } = await shop.placeOrder(buyer, { payment });
      const changes = await shop.followOrder(buyer, id, ({ status }) => status === 'CONFIRMED');
      const { order: placed } = await shop.ask<{ order: object }>(buyer, why, { id });
      return { status: changes.at(-1)?.status, ...placed };
    };
    const paid = { status: 'CONFIRMED', payment: { declineReason: null } };
    expect([await order(), await order()]).toEqual([paid, paid]);
    await shop.ask(buyer, removeCard, { id: card.id });
    expect(await order()).toEqual({ status: 'FAILED', payment: { declineReason: 'METHOD_REMOVED' } });
    await expectInvariants(auditorUrl);
  });
});
