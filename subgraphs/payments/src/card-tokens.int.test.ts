import { aboutCardToken, type PayloadOf, paymentRequested } from '@emporium/contracts';
import { createSealFor } from '@emporium/encryption';
import { newRecipientKey } from '@emporium/encryption/testing';
import { everyRow, type TestDatabase, testDatabase } from '@emporium/testing';
import { pino } from 'pino';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOpenToken } from './infrastructure/create-open-token.ts';
import { anOrder, openPayments, type TestPayments } from './test-payments.ts';
import { createTestProvider } from './test-provider.ts';

const [older, newer, strange] = ['2026-01', '2026-02', '2026-03'].map(newRecipientKey) as [Key, Key, Key];
type Key = ReturnType<typeof newRecipientKey>;

const card = createTestProvider();
const logged: string[] = [];
let database: TestDatabase;
let payments: TestPayments;
beforeAll(async () => {
  database = await testDatabase('payments');
  const logger = pino(
    { base: null, timestamp: false },
    { write: (line: string) => void logged.push(line) },
  );
  const openToken = await createOpenToken([newer.secret, older.secret], logger);
  const { provider } = card;
  payments = openPayments(database.url, provider, 'everyone', undefined, undefined, [], openToken);
});
afterAll(() => payments.stop());

type Order = PayloadOf<typeof paymentRequested>;

/** As orders asks, which has sealed with this key for this order, or another. */
const askedWith = async (key: Key, token: string, of?: Order): Promise<Order> => {
  const order = anOrder();
  const seal = await createSealFor(key.open);
  return { ...order, sealedToken: await seal(token, aboutCardToken((of ?? order).orderId)) };
};
const settleAll = () => Promise.all(payments.left.splice(0).map(payments.settle));
const rowOf = ({ orderId }: Order) => payments.prisma.payment.findUniqueOrThrow({ where: { orderId } });

describe('a card’s token that orders sealed', () => {
  it.each([['with the newest key', newer] as const, ['with the key of before', older] as const])(
    '%s pays, and is in clear nowhere',
    async (_how, key) => {
      const token = `tok_${newId()}`;
      const order = await askedWith(key, token);
      expect(await payments.hear(paymentRequested, order)).toEqual({ type: 'ack' });
      expect(await everyRow(database.ownerUrl)).not.toContain(token);
      await settleAll();
      expect(card.capturedWith.at(-1)).toBe(token);
      expect(await rowOf(order)).toMatchObject({ status: 'CAPTURED' });
      expect(await everyRow(database.ownerUrl)).not.toContain(token);
    },
  );

  it.each<[string, string, () => Promise<Order>]>([
    ['was copied from another order', 'OTHER', () => askedWith(newer, 'tok_secret', anOrder() as Order)],
    ['was sealed with a key that is not ours', 'UNKNOWN_KEY', () => askedWith(strange, 'tok_secret')],
    [
      'was changed on its way',
      'BROKEN',
      async () => {
        const order = await askedWith(newer, 'tok_secret');
        return { ...order, sealedToken: order.sealedToken?.slice(0, -4) };
      },
    ],
    ['is none', 'BROKEN', async () => ({ ...anOrder(), sealedToken: 'tok_secret' })],
  ])('does not pay when it %s, and nobody tries it again', async (_what, reason, asked) => {
    const order = await asked();
    const before = card.captureRequests.length;
    logged.length = 0;
    expect(await payments.hear(paymentRequested, order)).toEqual({ type: 'ack' });
    expect(payments.left).toEqual([]);
    expect(card.captureRequests).toHaveLength(before);
    expect(await rowOf(order)).toMatchObject({ status: 'DECLINED', declineReason: 'TOKEN_UNREADABLE' });
    const { orderId } = order;
    const [told] = await payments.prisma.outboxMessage.findMany({ where: { aggregateId: orderId } });
    expect(told?.envelope).toMatchObject({ payload: { orderId, reason: 'CARD_DECLINED' } });
    expect(logged.map((line) => JSON.parse(line))).toMatchObject([{ level: 50, orderId, reason }]);
    expect(logged.join()).not.toContain('tok_secret');
  });

  it('came in clear in messages from before, which are paid', async () => {
    const { sealedToken: _, ...order } = anOrder();
    await payments.hear(paymentRequested, { ...order, token: 'tok_before' });
    await settleAll();
    expect(card.capturedWith.at(-1)).toBe('tok_before');
  });
});
