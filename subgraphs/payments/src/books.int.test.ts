import { testDatabase } from '@emporium/testing';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from './infrastructure/database.ts';
import type { PrismaClient } from './infrastructure/generated/client.ts';

let prisma: PrismaClient;
let owner: PrismaClient;
let auditor: PrismaClient;

beforeAll(async () => {
  const database = await testDatabase('payments');
  prisma = openDatabase(database.url);
  owner = openDatabase(database.ownerUrl);
  auditor = openDatabase(database.auditorUrl);
});
afterAll(() => Promise.all([prisma.$disconnect(), owner.$disconnect(), auditor.$disconnect()]));

type Line = { account: string; kind: 'ASSET' | 'LIABILITY'; amount: number; currency: string };

const asset = (account: string, amount: number, currency = 'GBP'): Line => ({
  account,
  kind: 'ASSET',
  amount,
  currency,
});
const debt = (account: string, amount: number, currency = 'GBP'): Line => ({
  ...asset(account, amount, currency),
  kind: 'LIABILITY',
});

/** Writes a journal by hand, as no code of ours would. */
const book = (client: PrismaClient, lines: readonly Line[], key: string = newId()): Promise<void> =>
  client.$transaction(async (tx) => {
    const journal: string = newId();
    await tx.$executeRaw`
      INSERT INTO journals (id, kind, cause, idempotency_key) VALUES (${journal}, 'TOP_UP', 'test', ${key})`;
    for (const { account, kind, amount, currency } of lines) {
      await tx.$executeRaw`
        INSERT INTO accounts (id, kind, currency) VALUES (${account}, ${kind}, ${currency}) ON CONFLICT DO NOTHING`;
      await tx.$executeRaw`
        INSERT INTO entries (journal_id, account_id, currency, amount)
        VALUES (${journal}, ${account}, ${currency}, ${amount})`;
    }
  });

const balanceOf = async (id: string): Promise<bigint | undefined> => {
  const [account] = await auditor.$queryRaw<{ balance: bigint }[]>`
    SELECT balance FROM audit_account WHERE account_id = ${id}`;
  return account?.balance;
};

describe('the database', () => {
  it('keeps journals that sum to zero, and the balances with them', async () => {
    await book(prisma, [asset('bank', 500), debt('loan', -500)]);
    await book(prisma, [asset('bank', -200), debt('loan', 200)]);
    expect(await balanceOf('bank')).toBe(300n);
    expect(await balanceOf('loan')).toBe(300n);
  });

  it.each<[string, readonly Line[], RegExp]>([
    ['does not sum to zero', [asset('till', 500), debt('owed', -499)], /does not sum to zero/],
    [
      'sums to zero only across currencies',
      [asset('till', 5), debt('owed', -5, 'EUR')],
      /does not sum to zero/,
    ],
    ['has one entry', [asset('till', 500)], /does not sum to zero/],
    ['has no entry', [], /has no entries/],
    ['moves nothing', [asset('till', 0), debt('owed', 0)], /entries_amount_check/],
    ['takes more than there is', [asset('till', -1), asset('owed', 1)], /balance_is_never_negative/],
  ])('refuses a journal that %s', async (_name, lines, reason) => {
    await expect(book(prisma, lines)).rejects.toThrow(reason);
    await expect(book(owner, lines)).rejects.toThrow(reason);
    expect(await balanceOf('till')).toBeUndefined();
    expect(await balanceOf('owed')).toBeUndefined();
  });

  it('refuses an entry in another currency than its account’s', async () => {
    await book(prisma, [asset('pounds', 1), debt('pounds-owed', -1)]);
    const lines = [asset('pounds', 1, 'EUR'), debt('pounds-owed', -1, 'EUR')];
    await expect(book(prisma, lines)).rejects.toThrow(/[Ff]oreign key/);
  });

  it('takes an idempotency key once', async () => {
    const lines = [asset('drawer', 1), debt('drawer-owed', -1)];
    await book(prisma, lines, 'same');
    await expect(book(prisma, lines, 'same')).rejects.toThrow(/idempotency_key/);
    expect(await balanceOf('drawer')).toBe(1n);
  });

  it.each([
    'UPDATE entries SET amount = 1',
    'DELETE FROM entries',
    'TRUNCATE entries',
    "UPDATE journals SET cause = 'forged'",
    'DELETE FROM journals',
    'UPDATE accounts SET balance = 1000000',
    "INSERT INTO accounts (id, kind, currency, balance) VALUES ('mint', 'ASSET', 'GBP', 1000000)",
    'CREATE TABLE mine (id text)',
  ])('does not let the service run %s', async (statement) => {
    await expect(prisma.$executeRawUnsafe(statement)).rejects.toThrow(/permission denied/);
  });

  it.each([
    'UPDATE entries SET amount = 1',
    'DELETE FROM entries',
    'DELETE FROM journals',
    'TRUNCATE journals, entries',
  ])('does not let even the owner run %s', async (statement) => {
    await expect(owner.$executeRawUnsafe(statement)).rejects.toThrow(/append-only/);
  });

  it('refuses refunds that exceed the capture', async () => {
    await prisma.$executeRaw`
      INSERT INTO payments (order_id, id, status, buyer_id, method, currency, amount, captured)
      VALUES ('order', 'payment', 'CAPTURED', 'buyer', 'CARD', 'GBP', 100, 100)`;
    await expect(prisma.payment.updateMany({ data: { refunding: 60n, refunded: 41n } })).rejects.toThrow(
      /refunds_never_exceed_the_capture/,
    );
  });

  it('shows the auditor its views and nothing else', async () => {
    for (const view of ['journal', 'balance', 'escrow', 'payment', 'outbox', 'inbox', 'parked']) {
      await expect(auditor.$queryRawUnsafe(`SELECT * FROM audit_${view}`)).resolves.toBeInstanceOf(Array);
    }
    await expect(auditor.$queryRawUnsafe('SELECT * FROM accounts')).rejects.toThrow(/permission denied/);
  });
});
