import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { aboutCardToken, paymentCaptured, stockReserved } from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { createOpen } from '@emporium/encryption';
import { newRecipientKey } from '@emporium/encryption/testing';
import { everyRow, type TestDatabase, testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrderId } from './application/ports.ts';
import { sha256 } from './infrastructure/fingerprint.ts';
import { openSealToken } from './infrastructure/open-seal-token.ts';
import { createTestOrders, onceOnly, placement, type TestOrders, variant } from './test-orders.ts';

const key = newRecipientKey('payments');
const migration = path.resolve(
  import.meta.dirname,
  '../../../prisma/orders/migrations/20261129100000_card_tokens_are_sealed/migration.sql',
);
let database: TestDatabase;
let orders: TestOrders;
beforeAll(async () => {
  database = await testDatabase('orders');
  const terms = { ...onceOnly, PAY: { ...onceOnly.PAY, retries: 1 } };
  orders = createTestOrders(database, terms, await openSealToken(key.open));
  await orders.sell(variant('mug'));
});
afterAll(() => orders.stop());

const newToken = () => `tok_${randomUUID()}`;
const byCard = (token: string) => placement({ payment: { method: 'CARD', token, paymentMethodId: null } });
const timeOutPayment = async (orderId: OrderId) => {
  await orders.published(orderId, 100);
  await orders.timeOut({ moved: () => undefined, failed: (error) => expect(error).toBeUndefined() });
};
/** What payments would read in the questions for an order's payment. */
const openedOf = async (orderId: OrderId) => {
  const open = await createOpen([key.secret]);
  const asked = (await orders.sent(orderId)).filter(({ fact }) => fact === 'payment-requested');
  return Promise.all(
    asked.map(({ payload: { sealedToken } }) => open(String(sealedToken), aboutCardToken(orderId))),
  );
};

describe('a card’s token', () => {
  it('is in clear in no row, from placing until long after, and payments can open it', async () => {
    const token = newToken();
    const { orderId, total } = await orders.place({ mug: 1 }, byCard(token));
    expect(await everyRow(database.ownerUrl)).not.toContain(token);
    await orders.hear(stockReserved, { orderId });
    await timeOutPayment(orderId);
    const paymentId = orders.paymentOf(orderId);
    await orders.hear(paymentCaptured, { orderId, paymentId, amount: total });
    const rows = await everyRow(database.ownerUrl);
    expect(rows).toContain(orderId);
    expect(rows).not.toContain(token);
    expect(await openedOf(orderId)).toEqual([
      { ok: true, text: token },
      { ok: true, text: token },
    ]);
  });

  it('of a guest is in clear in no row either, and goes with what opens the order, asked again too', async () => {
    const token = newToken();
    const opened = await orders.app.openGuestCart(null, [{ variantId: asId('mug'), quantity: 1 }]);
    if (!opened.ok) throw new Error('no cart was opened');
    const input = { ...byCard(token), email: 'ada@example.org' };
    const placed = await orders.app.placeAsGuest(null, opened.cartToken, input);
    if (!placed.ok) throw new Error('nothing was placed');
    const { orderId, orderToken } = placed;
    await orders.hear(stockReserved, { orderId });
    await timeOutPayment(orderId);
    expect(await everyRow(database.ownerUrl)).not.toContain(token);
    expect(await openedOf(orderId)).toEqual([
      { ok: true, text: token },
      { ok: true, text: token },
    ]);
    const asked = (await orders.sent(orderId)).filter(({ fact }) => fact === 'payment-requested');
    const guestTokenHash = sha256(orderToken);
    expect(asked).toMatchObject([{ payload: { guestTokenHash } }, { payload: { guestTokenHash } }]);
  });
});

describe('a token from before they were sealed', () => {
  it('is sealed when it is asked with, for the first time or again', async () => {
    const [waits, asked] = [await orders.place({ mug: 1 }), await orders.place({ mug: 1 })];
    const token = newToken();
    await orders.prisma.orderPaymentToken.update({
      where: { orderId: waits.orderId },
      data: { token, sealedToken: null },
    });
    await orders.hear(stockReserved, { orderId: waits.orderId });
    expect(await openedOf(waits.orderId)).toEqual([{ ok: true, text: token }]);
    await orders.hear(stockReserved, { orderId: asked.orderId });
    await tellInClear(asked.orderId, token);
    await timeOutPayment(asked.orderId);
    expect((await openedOf(asked.orderId))[1]).toEqual({ ok: true, text: token });
  });

  it('leaves the messages of orders whose payment is decided, and no other', async () => {
    const [paid, open] = [await orders.placePaid({ mug: 1 }), await orders.place({ mug: 1 })];
    const unpublished = await orders.placePaid({ mug: 1 });
    await orders.hear(stockReserved, { orderId: open.orderId });
    for (const { orderId } of [paid, open, unpublished]) await tellInClear(orderId, 'tok_old');
    for (const { orderId } of [paid, open]) await orders.published(orderId, 1);
    const [statement = ''] = /^UPDATE outbox.*/ms.exec(readFileSync(migration, 'utf8')) ?? [];
    await orders.prisma.$executeRawUnsafe(statement);
    const tokens = async ({ orderId }: { orderId: OrderId }) =>
      (await orders.sent(orderId)).flatMap(({ payload }) => payload.token ?? []);
    expect(await tokens(paid)).toEqual([]);
    expect(await tokens(open)).toEqual(['tok_old']);
    expect(await tokens(unpublished)).toEqual(['tok_old']);
  });
});

const tellInClear = (orderId: OrderId, token: string) => orders.prisma.$executeRaw`
  UPDATE outbox SET envelope = jsonb_set(envelope #- '{payload,sealedToken}', '{payload,token}', to_jsonb(${token}::text))
  WHERE aggregate_id = ${orderId} AND subject = 'emporium.orders.payment-requested.v1'`;
