import { emailVerified, userDeleted } from '@emporium/contracts';
import { asId, asInstant } from '@emporium/domain';
import { testDatabase } from '@emporium/testing';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { brokenRules } from './test-audit.ts';
import { openPayments, type TestPayments } from './test-payments.ts';
import { createTestProvider } from './test-provider.ts';

let payments: TestPayments;
beforeAll(async () => {
  payments = openPayments((await testDatabase('payments')).url, createTestProvider().provider, 'verified');
});
afterAll(() => payments.stop());

const gbp = (minor: bigint) => ({ minor, currency: 'GBP' });
const verifiedAt = asInstant('2026-01-02T03:04:05.678Z');

describe('a user who is gone', () => {
  it('leaves amounts and books, and nothing in their own words', async () => {
    const userId = asId<'User'>(newId());
    const idempotencyKey = `for Ada of Leeds ${userId}`;
    await payments.hear(emailVerified, { userId, verifiedAt });
    await payments.app.topUpWallet({ userId, amount: gbp(500n), token: 'tok', idempotencyKey });
    await payments.hear(userDeleted, { userId });
    await payments.hear(userDeleted, { userId });
    const requests = await payments.prisma.walletRequest.findMany({ where: { userId } });
    expect(requests).toMatchObject([{ amount: 500n, status: 'DONE' }]);
    expect(requests.map((request) => request.idempotencyKey)).not.toContain(idempotencyKey);
    const [wallets] = await payments.app.findWallets([userId], {
      id: 'admin',
      roles: ['ADMIN'],
      address: null,
    });
    expect(wallets).toMatchObject([{ balance: gbp(500n) }]);
    expect(await brokenRules(payments.prisma)).toEqual([]);
  });

  it('takes nothing out any more, whatever is heard first', async () => {
    const userId = asId<'User'>(newId());
    await payments.hear(userDeleted, { userId });
    await payments.hear(emailVerified, { userId, verifiedAt });
    const wish = { userId, amount: gbp(1n), idempotencyKey: newId() };
    expect(await payments.app.withdraw(wish)).toEqual({ ok: false, refusal: 'EMAIL_NOT_VERIFIED' });
  });
});
