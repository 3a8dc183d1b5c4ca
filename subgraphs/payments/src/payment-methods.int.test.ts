import { paymentRequested, userDeleted } from '@emporium/contracts';
import { asId } from '@emporium/domain';
import { createSeal, reseal } from '@emporium/encryption';
import { newDataKey } from '@emporium/encryption/testing';
import { anonymous, type Viewer } from '@emporium/subgraph';
import { everyRow, type TestDatabase, testDatabase } from '@emporium/testing';
import { v7 as newId } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTransact } from './infrastructure/database.ts';
import { sealedTables as tables } from './infrastructure/sealed-tables.ts';
import { brokenRules } from './test-audit.ts';
import { anOrder, openPayments, type TestPayments } from './test-payments.ts';
import { createTestProvider } from './test-provider.ts';

const keys = [newDataKey('first')];
const card = createTestProvider();
let database: TestDatabase;
let payments: TestPayments;
beforeAll(async () => {
  database = await testDatabase('payments');
  payments = openPayments(database.url, card.provider, 'everyone', createSeal(keys));
});
afterEach(async () => {
  card.saves({});
  card.behaves();
  payments.left.length = 0;
  expect(await brokenRules(payments.prisma)).toEqual([]);
});
afterAll(() => payments.stop());

const aUser = () => asId<'User'>(newId());
const wishOf = (userId: string, more: object = {}) => ({
  ...{ userId, token: `tok-${newId()}`, label: null, makeDefault: false, idempotencyKey: newId(), ...more },
});
const keep = async (userId: string, more: object = {}): Promise<string> => {
  const kept = await payments.app.addPaymentMethod(wishOf(userId, more));
  if (!kept.ok) throw new Error(kept.refusal);
  return kept.method.id;
};
const as = (id: string, ...roles: Viewer['roles']): Viewer => ({ id, roles, address: null });
const methodsOf = async (userId: string, viewer = as(userId)) =>
  (await payments.app.findPaymentMethods([userId], viewer))[0] ?? null;
const defaultsOf = async (userId: string) =>
  (await methodsOf(userId))?.filter(({ isDefault }) => isDefault).map(({ id }) => id);
const refused = (refusal: string) => ({ ok: false, refusal });
const expire = (id: string) =>
  payments.prisma.paymentMethod.update({ where: { id }, data: { expiryMonth: 1, expiryYear: 2020 } });

/** Whatever is due, or will be, as the work loop does. */
const workOff = async () => {
  await payments.prisma.$executeRaw`UPDATE provider_calls SET due_at = to_timestamp(0)`;
  const calls = await payments.transact(({ calls: queue }) => queue.claim(50));
  for (const call of calls) await payments.settle(call);
};
/** All that the database holds, but for what Postgres keeps for itself. */
describe('a card that a user keeps', () => {
  it('is what the provider says it is, and the first is the default unasked', async () => {
    const userId = aUser();
    const kept = await payments.app.addPaymentMethod(wishOf(userId, { label: 'The blue one' }));
    expect(kept).toMatchObject({
      ok: true,
      method: {
        ...{ label: 'The blue one', brand: 'visa', last4: '4242', expiry: { month: 12, year: 2099 } },
        ...{ status: 'ACTIVE', isDefault: true },
      },
    });
    const second = await keep(userId);
    expect((await defaultsOf(userId))?.includes(second)).toBe(false);
    const third = await keep(userId, { makeDefault: true });
    expect((await methodsOf(userId))?.map(({ id }) => id)).toEqual([
      third,
      second,
      kept.ok && kept.method.id,
    ]);
    expect(await defaultsOf(userId)).toEqual([third]);
  });

  it('is its own user’s to see, and nobody else’s, administrators included', async () => {
    const userId = aUser();
    await keep(userId);
    for (const viewer of [as(aUser()), as(aUser(), 'ADMIN'), as(aUser(), 'SUPPORT'), anonymous])
      expect(await methodsOf(userId, viewer)).toBeNull();
  });

  it('is in clear nowhere in the database, from the first moment on', async () => {
    const userId = aUser();
    card.saves({ isSilent: 'ALSO_LATER' });
    const token = `tok-${newId()}`;
    const pending = await payments.app.addPaymentMethod(wishOf(userId, { token }));
    expect(pending).toMatchObject({ ok: true, method: { status: 'PENDING', isDefault: false } });
    expect(await everyRow(database.ownerUrl)).not.toContain(token);
    card.saves({});
    await workOff();
    const [method] = (await methodsOf(userId)) ?? [];
    expect(method).toMatchObject({ status: 'ACTIVE', isDefault: true });
    const { sealedToken: _none, ...cardless } = anOrder();
    const order = {
      ...cardless,
      buyerId: userId,
      paymentMethodId: asId<'PaymentMethod'>(method?.id ?? ''),
    };
    await payments.hear(paymentRequested, order);
    expect(payments.left).toHaveLength(1);
    const all = await everyRow(database.ownerUrl);
    expect(all).toContain(method?.id);
    expect(all).not.toContain(`pm-${method?.id}`);
    expect(all).not.toContain(token);
  });

  it('is sealed anew with another key, and pays after', async () => {
    const userId = aUser();
    const id = await keep(userId);
    const { prisma } = payments;
    const renewed = [newDataKey('second'), ...keys];
    expect(await reseal({ prisma, tables, keys: renewed })).toMatchObject({ unreadable: [], left: 0 });
    const find = (seal: ReturnType<typeof createSeal>) =>
      createTransact(
        prisma,
        () => undefined,
        seal,
      )(({ paymentMethods }) => paymentMethods.findCard({ userId, paymentMethodId: id }));
    expect(await find(createSeal(renewed.slice(0, 1)))).toEqual({ type: 'CARD', token: `pm-${id}` });
    await reseal({ prisma, tables, keys: renewed.toReversed() });
  });

  it('is one for one wish, also of two at the same moment', async () => {
    const userId = aUser();
    const wish = wishOf(userId);
    const [one, other] = await Promise.all([
      payments.app.addPaymentMethod(wish),
      payments.app.addPaymentMethod(wish),
    ]);
    expect(one).toMatchObject({ ok: true });
    expect(other).toEqual(one);
    expect(await methodsOf(userId)).toHaveLength(1);
    expect(await payments.app.addPaymentMethod({ ...wish, token: 'another' })).toEqual(
      refused('IDEMPOTENCY_MISMATCH'),
    );
  });

  it('is found again when the provider’s answer is lost', async () => {
    card.saves({ isSilent: 'AT_FIRST' });
    expect(await payments.app.addPaymentMethod(wishOf(aUser()))).toMatchObject({
      method: { status: 'ACTIVE' },
    });
  });

  it('is none when the provider does not keep it, the same when asked again', async () => {
    const userId = aUser();
    card.saves({ declines: true });
    const wish = wishOf(userId, { label: 'Mine' });
    for (const _ of [1, 2])
      expect(await payments.app.addPaymentMethod(wish)).toEqual(refused('CARD_DECLINED'));
    expect(await methodsOf(userId)).toEqual([]);
    expect(await everyRow(database.ownerUrl)).not.toContain('Mine');
  });

  it('is none when it has expired, and the provider is to forget it', async () => {
    const userId = aUser();
    card.saves({ expiry: { month: 1, year: 2020 } });
    expect(await payments.app.addPaymentMethod(wishOf(userId))).toEqual(refused('EXPIRED'));
    const { id } = await payments.prisma.paymentMethod.findFirstOrThrow({ where: { userId } });
    await workOff();
    expect(card.forgotten).toContain(`pm-${id}`);
  });

  it('does not fit beside twenty others', async () => {
    const userId = aUser();
    const ids = await Promise.all(Array.from({ length: 20 }, () => keep(userId)));
    expect(await payments.app.addPaymentMethod(wishOf(userId))).toEqual(refused('TOO_MANY'));
    expect(await defaultsOf(userId)).toHaveLength(1);
    await payments.app.removePaymentMethod({ userId, paymentMethodId: ids[0] ?? '' });
    await keep(userId);
  });
});

describe('the default', () => {
  it('is another when its user says so, and an expired, pending or foreign one never', async () => {
    const [userId, stranger] = [aUser(), aUser()];
    const [first, second] = [await keep(userId), await keep(userId)];
    const choose = (by: string, paymentMethodId: string) =>
      payments.app.setDefaultPaymentMethod({ userId: by, paymentMethodId });
    expect(await choose(userId, second)).toMatchObject({ ok: true, method: { isDefault: true } });
    expect(await defaultsOf(userId)).toEqual([second]);
    expect(await choose(stranger, first)).toEqual(refused('NOT_FOUND'));
    expect(await choose(userId, newId())).toEqual(refused('NOT_FOUND'));
    await expire(first);
    expect(await choose(userId, first)).toEqual(refused('EXPIRED'));
    card.saves({ isSilent: 'ALSO_LATER' });
    expect(await choose(userId, await keep(userId))).toEqual(refused('NOT_READY'));
    expect(await defaultsOf(userId)).toEqual([second]);
  });

  it('passes to the last one added that has not expired, when it is removed', async () => {
    const userId = aUser();
    const [first, second, third, fourth] = [
      await keep(userId),
      await keep(userId),
      await keep(userId),
      await keep(userId, { makeDefault: true }),
    ];
    await expire(third);
    await payments.app.removePaymentMethod({ userId, paymentMethodId: fourth });
    expect(await defaultsOf(userId)).toEqual([second]);
    for (const paymentMethodId of [first, second])
      await payments.app.removePaymentMethod({ userId, paymentMethodId });
    expect(await methodsOf(userId)).toMatchObject([{ id: third, status: 'EXPIRED', isDefault: true }]);
  });
});

describe('a card that is removed', () => {
  it('is forgotten here at once and by the provider in time, and stays removed', async () => {
    const userId = aUser();
    const wish = wishOf(userId, { label: 'The blue one' });
    const kept = await payments.app.addPaymentMethod(wish);
    const id = kept.ok ? kept.method.id : '';
    const remove = (by: string) => payments.app.removePaymentMethod({ userId: by, paymentMethodId: id });
    expect(await remove(aUser())).toEqual(refused('NOT_FOUND'));
    expect(await remove(userId)).toMatchObject({ ok: true, method: { last4: '4242', status: 'REMOVED' } });
    expect(await remove(userId)).toMatchObject({ ok: true, method: { last4: null, status: 'REMOVED' } });
    expect(await methodsOf(userId)).toEqual([]);
    expect(await payments.app.addPaymentMethod(wish)).toEqual(refused('REMOVED'));
    expect(await payments.app.setDefaultPaymentMethod({ userId, paymentMethodId: id })).toEqual(
      refused('REMOVED'),
    );
    const row = await payments.prisma.paymentMethod.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({ sealedToken: null, label: null, last4: null, isDefault: false });
    await workOff();
    expect(card.forgotten).toContain(`pm-${id}`);
    expect(await payments.prisma.providerCall.count({ where: { subject: userId } })).toBe(0);
  });

  it('while the provider has yet to answer is forgotten when it does', async () => {
    const userId = aUser();
    card.saves({ isSilent: 'ALSO_LATER' });
    const id = await keep(userId);
    await payments.app.removePaymentMethod({ userId, paymentMethodId: id });
    card.saves({});
    await workOff();
    await workOff();
    expect(await methodsOf(userId)).toEqual([]);
    expect(card.forgotten).toContain(`pm-${id}`);
  });

  it('is all that is left of a user who is gone, and then not even that', async () => {
    const userId = aUser();
    const id = await keep(userId);
    card.saves({ isSilent: 'ALSO_LATER' });
    const pending = await keep(userId);
    await payments.hear(userDeleted, { userId });
    expect(await payments.prisma.paymentMethod.count({ where: { userId } })).toBe(0);
    card.saves({});
    await workOff();
    await workOff();
    expect(card.forgotten).toEqual(expect.arrayContaining([`pm-${id}`, `pm-${pending}`]));
    expect(await payments.prisma.paymentMethod.count({ where: { userId } })).toBe(0);
    expect(await payments.prisma.providerCall.count({ where: { subject: userId } })).toBe(0);
    expect(await payments.app.addPaymentMethod(wishOf(userId))).toEqual(refused('GONE'));
  });
});

describe('a top-up with a saved card', () => {
  const topUp = (userId: string, paymentMethodId: string, idempotencyKey: string = newId()) =>
    payments.app.topUpWallet({
      ...{ userId, paymentMethodId, idempotencyKey, amount: { minor: 500n, currency: 'GBP' } },
    });

  it('takes its money once, and says so also when the card is removed since', async () => {
    const userId = aUser();
    const id = await keep(userId);
    const key = newId();
    const outcome = await topUp(userId, id, key);
    expect(outcome).toMatchObject({ ok: true, wallet: { balance: { minor: 500n } } });
    expect(card.capturedWith.at(-1)).toBe(`pm-${id}`);
    await payments.app.removePaymentMethod({ userId, paymentMethodId: id });
    expect(await topUp(userId, id, key)).toEqual(outcome);
    expect(await topUp(userId, id)).toEqual(refused('METHOD_REMOVED'));
  });

  it('leaves nothing open when the card does not pay', async () => {
    const userId = aUser();
    const foreign = await keep(aUser());
    const expired = await keep(userId);
    await expire(expired);
    expect(await topUp(userId, foreign)).toEqual(refused('METHOD_NOT_FOUND'));
    expect(await topUp(userId, expired)).toEqual(refused('METHOD_EXPIRED'));
    expect(await payments.prisma.walletRequest.count({ where: { userId } })).toBe(0);
  });
});
