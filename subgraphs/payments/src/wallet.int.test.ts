import { emailVerified } from '@emporium/contracts';
import { asId, asInstant } from '@emporium/domain';
import { eventually, testDatabase } from '@emporium/testing';
import { v7 as newId } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { brokenRules } from './test-audit.ts';
import { openPayments, type TestPayments } from './test-payments.ts';
import { createTestProvider } from './test-provider.ts';

const card = createTestProvider();
let payments: TestPayments;

beforeAll(async () => {
  payments = openPayments((await testDatabase('payments')).url, card.provider);
  payments.startWork();
});
afterEach(async () => {
  card.behaves();
  expect(await brokenRules(payments.prisma)).toEqual([]);
});
afterAll(() => payments.stop());

const gbp = (minor: bigint) => ({ minor, currency: 'GBP' });
const aWish = (minor: bigint, userId: string = newId()) => ({
  userId,
  amount: gbp(minor),
  token: 'tok',
  idempotencyKey: newId(),
});
const walletsOf = async (userId: string) => {
  const [wallets] = await payments.app.findWallets([userId], { id: userId, roles: [], address: null });
  return wallets ?? [];
};
const inWallet = (balance: bigint, pending = 0n) => ({
  ok: true,
  wallet: { balance: gbp(balance), pending: gbp(pending) },
});

describe('topping up', () => {
  it('pays in what the card pays', async () => {
    expect(await payments.app.topUpWallet(aWish(5000n))).toMatchObject(inWallet(5000n));
  });

  it('takes money once for one wish, even when it comes twenty times at once', async () => {
    const wish = aWish(5000n);
    const before = card.captures();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => payments.app.topUpWallet(wish)));
    for (const outcome of outcomes) expect(outcome).toMatchObject(inWallet(5000n));
    expect(card.captures() - before).toBe(1);
    expect(await payments.app.topUpWallet(wish)).toMatchObject(inWallet(5000n));
  });

  it('is refused when the card is declined, and the same wish stays refused', async () => {
    card.behaves({ keeps: 'DECLINED' });
    const wish = aWish(5000n);
    const outcomes = await Promise.all([1, 2, 3].map(() => payments.app.topUpWallet(wish)));
    for (const outcome of outcomes) expect(outcome).toEqual({ ok: false, refusal: 'CARD_DECLINED' });
    expect(await payments.app.topUpWallet(wish)).toEqual({ ok: false, refusal: 'CARD_DECLINED' });
    expect(await walletsOf(wish.userId)).toMatchObject([{ balance: gbp(0n), pending: gbp(0n) }]);
  });

  it.each([
    ['amount', { amount: gbp(1n) }],
    ['currency', { amount: { minor: 5000n, currency: 'EUR' } }],
    ['token', { token: 'another' }],
  ])('refuses a key that was used with another %s', async (_name, change) => {
    const wish = aWish(5000n);
    await payments.app.topUpWallet(wish);
    expect(await payments.app.topUpWallet({ ...wish, ...change })).toEqual({
      ok: false,
      refusal: 'IDEMPOTENCY_MISMATCH',
    });
  });

  it('takes the same key from another user as another wish', async () => {
    const wish = aWish(5000n);
    await payments.app.topUpWallet(wish);
    expect(await payments.app.topUpWallet({ ...wish, userId: newId() })).toMatchObject(inWallet(5000n));
  });

  it('is pending while nobody knows, until it is found out', async () => {
    card.behaves({ keeps: 'NOTHING' });
    const wish = aWish(5000n);
    expect(await payments.app.topUpWallet(wish)).toMatchObject(inWallet(0n, 5000n));
    await eventually(async () =>
      expect(await walletsOf(wish.userId)).toMatchObject([{ balance: gbp(5000n), pending: gbp(0n) }]),
    );
    expect(await payments.app.topUpWallet(wish)).toMatchObject(inWallet(5000n));
  });

  it('opens a wallet per currency, pounds first', async () => {
    const wish = aWish(5000n);
    const euros = { minor: 700n, currency: 'EUR' };
    await payments.app.topUpWallet({ ...wish, amount: euros });
    expect(await walletsOf(wish.userId)).toMatchObject([{ balance: gbp(0n) }, { balance: euros }]);
  });
});

describe('withdrawing', () => {
  const filled = async (minor: bigint): Promise<string> => {
    const wish = aWish(minor);
    await payments.app.topUpWallet(wish);
    return wish.userId;
  };

  it('takes it from the wallet at once, and the provider pays it out', async () => {
    const userId = await filled(5000n);
    expect(await payments.app.withdraw(aWish(2000n, userId))).toMatchObject(inWallet(3000n));
    const request = await payments.prisma.walletRequest.findFirstOrThrow({
      where: { userId, kind: 'WITHDRAWAL' },
    });
    await eventually(() => expect(card.payouts.get(request.id)).toBe(2000n));
    const due = { where: { id: `payouts-due:${request.id}` } };
    await eventually(async () =>
      expect(await payments.prisma.account.findUnique(due)).toMatchObject({ balance: 0n }),
    );
  });

  it('never takes more than there is, however many come at once', async () => {
    const userId = await filled(5000n);
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, () => payments.app.withdraw(aWish(1100n, userId))),
    );
    const refused = outcomes.filter((outcome) => !outcome.ok);
    expect(refused).toEqual(
      Array.from({ length: 8 }, () => ({ ok: false, refusal: 'INSUFFICIENT_FUNDS' })),
    );
    expect(await walletsOf(userId)).toMatchObject([{ balance: gbp(600n) }]);
  });

  it('takes it once for one wish, even when it comes many times at once', async () => {
    const userId = await filled(5000n);
    const wish = aWish(3000n, userId);
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => payments.app.withdraw(wish)));
    for (const outcome of outcomes) expect(outcome).toMatchObject(inWallet(2000n));
  });

  it('refuses a key that was used for something else', async () => {
    const userId = await filled(5000n);
    const wish = aWish(1000n, userId);
    await payments.app.withdraw(wish);
    const refusal = { ok: false, refusal: 'IDEMPOTENCY_MISMATCH' };
    expect(await payments.app.withdraw({ ...wish, amount: gbp(1001n) })).toEqual(refusal);
    expect(await payments.app.topUpWallet(wish)).toEqual(refusal);
  });

  it('does not bind the key of a wish that was refused', async () => {
    const userId = await filled(1000n);
    const wish = aWish(1500n, userId);
    expect(await payments.app.withdraw(wish)).toEqual({ ok: false, refusal: 'INSUFFICIENT_FUNDS' });
    await payments.app.topUpWallet(aWish(1000n, userId));
    expect(await payments.app.withdraw(wish)).toMatchObject(inWallet(500n));
  });
});

describe('withdrawing by whoever has proven their e-mail address', () => {
  let strict: TestPayments;
  beforeAll(async () => {
    strict = openPayments((await testDatabase('payments')).url, card.provider, 'verified');
    strict.startWork();
  });
  afterAll(() => strict.stop());

  it('is refused before the proof, and granted after, however often it is told', async () => {
    const topUp = aWish(5000n);
    const { userId } = topUp;
    await strict.app.topUpWallet(topUp);
    const wish = aWish(2000n, userId);
    const refused = { ok: false, refusal: 'EMAIL_NOT_VERIFIED' };
    expect(await strict.app.withdraw(wish)).toEqual(refused);
    const told = (id: string) =>
      strict.hear(emailVerified, {
        userId: asId<'User'>(id),
        verifiedAt: asInstant('2026-01-31T00:00:00.000Z'),
      });
    await told(newId());
    expect(await strict.app.withdraw(wish)).toEqual(refused);
    for (const _time of [1, 2]) expect(await told(userId)).toEqual({ type: 'ack' });
    expect(await strict.app.withdraw(wish)).toMatchObject(inWallet(3000n));
    expect(await brokenRules(strict.prisma)).toEqual([]);
  });
});

describe('the entries of a wallet', () => {
  it('come newest first, a page at a time', async () => {
    const userId: string = newId();
    for (const minor of [100n, 200n, 300n]) await payments.app.topUpWallet(aWish(minor, userId));
    await payments.app.withdraw(aWish(50n, userId));
    const [wallet] = await walletsOf(userId);
    if (!wallet) throw new Error('everybody has a wallet');
    const viewer = { id: userId, roles: [], address: null };
    const entries = (limit: number, before: bigint | null) =>
      payments.app.findWalletEntries(wallet, { limit, before }, viewer);
    const first = await entries(2, null);
    expect(first).toMatchObject([
      { kind: 'WITHDRAWAL', amount: gbp(-50n) },
      { kind: 'TOP_UP', amount: gbp(300n) },
    ]);
    expect(await entries(5, first[1]?.position ?? null)).toMatchObject([
      { kind: 'TOP_UP', amount: gbp(200n) },
      { kind: 'TOP_UP', amount: gbp(100n) },
    ]);
    expect(
      await payments.app.findWalletEntries(wallet, { limit: 5, before: null }, { ...viewer, id: 'x' }),
    ).toEqual([]);
  });
});
