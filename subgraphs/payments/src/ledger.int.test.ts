import { createHash } from 'node:crypto';
import { asId } from '@emporium/domain';
import { eventually, testDatabase } from '@emporium/testing';
import pg from 'pg';
import { v7 as newId } from 'uuid';
import { beforeEach, describe, expect, it } from 'vitest';
import { feesAccount } from './domain/account.ts';
import { type Journal, settlePayout, topUp, withdraw } from './domain/journal.ts';
import { openDatabase } from './infrastructure/database.ts';
import type { PrismaClient } from './infrastructure/generated/client.ts';
import { auditLedger } from './infrastructure/ledger/audit/audit-ledger.ts';
import { checkBalances } from './infrastructure/ledger/check-balances.ts';
import { foldBalances } from './infrastructure/ledger/fold-balances.ts';
import { sealJournals } from './infrastructure/ledger/seal-journals.ts';
import { prismaLedger } from './infrastructure/prisma-ledger.ts';

let prisma: PrismaClient;
let auditorUrl: string;
/** May do anything, and so what nobody should. */
let forger: pg.Client;

beforeEach(async () => {
  const database = await testDatabase('payments');
  prisma = openDatabase(database.url);
  auditorUrl = database.auditorUrl;
  forger = new pg.Client({ connectionString: database.adminUrl, options: '-c search_path=payments' });
  await forger.connect();
  // As somebody who can switch off every trigger: only the chain is left to tell.
  await forger.query('SET session_replication_role = replica');
  return () => Promise.all([prisma.$disconnect(), forger.end()]);
});

const gbp = (minor: bigint) => ({ minor, currency: 'GBP' });
const potter = asId<'User'>('potter');
const paidIn = (minor: bigint, id: string = newId()): Journal => topUp(potter, asId(id), gbp(minor));
const post = (journal: Journal) => prismaLedger(prisma).post(journal);
/** Seals so many: what runs in other databases of the server may hold a sealer up. */
const seal = async (journals: number): Promise<void> => {
  let sealed = 0;
  await eventually(async () => {
    sealed += await sealJournals(prisma);
    expect(sealed).toBe(journals);
  });
};
const audit = () => auditLedger({ url: auditorUrl, sealedWithin: 60 });
/** The same however many journals are asked for at a time, by two connections. */
const findings = async () => {
  const [together, { findings: found }] = [
    await audit(),
    await auditLedger({ url: auditorUrl, sealedWithin: 60, journalsAtOnce: 1 }),
  ];
  expect(together.findings).toEqual(found);
  return found.flatMap(({ what }) => what);
};
const balance = () =>
  prisma.$transaction((tx) => prismaLedger(tx).lockWallet(potter, 'GBP')).then((held) => held.balance);

describe('the books', () => {
  it('know a journal that they have, and move nothing again', async () => {
    const journal = paidIn(500n);
    expect(await post(journal)).toBe('POSTED');
    expect(await post(journal)).toBe('KNOWN');
    expect(await balance()).toBe(500n);
  });

  it('take one of many equals that come at once', async () => {
    const journal = paidIn(500n);
    const posted = await Promise.all(Array.from({ length: 20 }, () => post(journal)));
    expect(posted.filter((each) => each === 'POSTED')).toHaveLength(1);
    expect(await balance()).toBe(500n);
  });

  it('refuse another journal under the same key', async () => {
    await post(paidIn(500n, 'same'));
    await expect(post(paidIn(501n, 'same'))).rejects.toMatchObject({ code: 'OTHER_CONTENT' });
    await expect(post({ ...paidIn(500n, 'same'), cause: 'other' })).rejects.toMatchObject({
      code: 'OTHER_CONTENT',
    });
    expect(await balance()).toBe(500n);
  });

  it('judge each of those that come in one statement', async () => {
    const [known, fresh] = [paidIn(500n, 'known'), paidIn(20n, 'fresh')];
    await post(known);
    const euros = { minor: 5n, currency: 'EUR' };
    const books = prismaLedger(prisma);
    const dues = withdraw(potter, asId('due'), gbp(7n));
    const outcomes = await Promise.allSettled(
      [
        known,
        fresh,
        dues,
        { ...known, cause: 'other' },
        settlePayout(asId('due'), euros),
        fresh,
        { ...fresh, entries: paidIn(21n, 'fresh').entries },
      ].map(books.post),
    );
    expect(outcomes.map((each) => (each.status === 'fulfilled' ? each.value : each.reason.code))).toEqual([
      'KNOWN',
      'POSTED',
      'POSTED',
      'OTHER_CONTENT',
      'WRONG_CURRENCY',
      'KNOWN',
      'OTHER_CONTENT',
    ]);
    expect(await balance()).toBe(513n);
    expect(await prisma.journal.count()).toBe(3);
    expect(await findings()).toEqual([]);
  });

  it('take none of those that come in one statement when a balance would be below zero', async () => {
    await post(paidIn(5n));
    const books = prismaLedger(prisma);
    const journals = [paidIn(1n), withdraw(potter, asId('w'), gbp(7n))];
    const outcomes = await Promise.allSettled(journals.map(books.post));
    expect(outcomes).toMatchObject([
      { reason: { code: 'INSUFFICIENT_FUNDS' } },
      { reason: { code: 'INSUFFICIENT_FUNDS' } },
    ]);
    expect(await balance()).toBe(5n);
  });

  it.each([
    [0n, 'NO_ENTRIES'],
    [-5n, 'AMOUNT_INVALID'],
    [0.5 as unknown as bigint, 'AMOUNT_INVALID'],
    [10n ** 12n + 1n, 'AMOUNT_TOO_LARGE'],
  ])('refuse %s minor units', async (minor, code) => {
    await expect(post(paidIn(minor))).rejects.toMatchObject({ code });
    expect(await prisma.journal.count()).toBe(0);
  });

  it('refuse an account in another currency than its own', async () => {
    const requestId = asId<'WalletRequest'>('w');
    await post(paidIn(500n));
    await post(withdraw(potter, requestId, gbp(100n)));
    const journal = settlePayout(requestId, { minor: 100n, currency: 'EUR' });
    await expect(post(journal)).rejects.toMatchObject({ code: 'WRONG_CURRENCY' });
    expect(await prisma.journal.count()).toBe(2);
  });

  it('refuse what a wallet does not hold, folded or not', async () => {
    await post(paidIn(300n));
    await foldBalances(prisma);
    await post(paidIn(200n));
    const tooMuch = withdraw(potter, asId('w1'), gbp(501n));
    await expect(post(tooMuch)).rejects.toMatchObject({ code: 'INSUFFICIENT_FUNDS' });
    expect(await post(withdraw(potter, asId('w2'), gbp(500n)))).toBe('POSTED');
    expect(await balance()).toBe(0n);
    expect(await findings()).toEqual([]);
  });

  it('never give more than there is, while money comes and goes and is folded', async () => {
    const work = Array.from({ length: 120 }, (_, index) => {
      if (index % 10 === 0) return foldBalances(prisma);
      return post(index % 2 === 0 ? paidIn(3n) : withdraw(potter, asId(newId()), gbp(4n)));
    });
    const outcomes = await Promise.allSettled(work);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected')
        expect(outcome.reason).toMatchObject({ code: 'INSUFFICIENT_FUNDS' });
    }
    expect(await balance()).toBeGreaterThanOrEqual(0n);
    expect(await findings()).toEqual([]);
  });

  it('take no entry into a journal of an earlier transaction', async () => {
    await post(paidIn(5n));
    const { id } = await prisma.journal.findFirstOrThrow();
    const pair = ['wallet:potter:GBP', 'provider:card:GBP'];
    await prisma.$executeRaw`
      INSERT INTO accounts (id, kind, currency) SELECT account || ':more', 'ASSET', 'GBP' FROM unnest(${pair}::text[]) AS account`;
    await expect(
      prisma.$executeRaw`
        INSERT INTO entries (journal_id, account_id, currency, amount)
        VALUES (${id}, ${`${pair[0]}:more`}, 'GBP', 5), (${id}, ${`${pair[1]}:more`}, 'GBP', -5)`,
    ).rejects.toThrow(/takes no entry/);
  });

  it.each(['position', 'transaction_id', 'at'])('do not let the service choose %s', async (column) => {
    const values = { position: '1', transaction_id: '1', at: 'now()' };
    await expect(
      prisma.$executeRawUnsafe(
        `INSERT INTO journals (id, kind, cause, idempotency_key, ${column})
         VALUES ('j', 'TOP_UP', 'c', 'k', ${values[column as keyof typeof values]})`,
      ),
    ).rejects.toThrow(/permission denied/);
  });

  it.each([
    "INSERT INTO balance_additions (account_id, amount) VALUES ('wallet:potter:GBP', 1)",
    'DELETE FROM balance_additions',
    "SELECT fold_additions('wallet:potter:GBP', -1)",
    'UPDATE seals SET count = 1',
    'DELETE FROM seals',
  ])('do not let the service run %s', async (statement) => {
    await expect(prisma.$executeRawUnsafe(statement)).rejects.toThrow(/permission denied/);
  });
});

describe('what comes into a shared account', () => {
  it('waits for nobody who has its row', async () => {
    await post(paidIn(500n));
    await forger.query('BEGIN');
    await forger.query("SELECT FROM accounts WHERE id = 'wallet:potter:GBP' FOR NO KEY UPDATE");
    expect(await post(paidIn(1n))).toBe('POSTED');
    expect(await foldBalances(prisma)).toBeGreaterThan(0);
    expect(await balance()).toBe(501n);
    await forger.query('COMMIT');
  });

  it('is folded into its row, and stays the same', async () => {
    for (let count = 0; count < 3; count += 1) await post(paidIn(5n));
    expect(await foldBalances(prisma)).toBe(6);
    expect(await foldBalances(prisma)).toBe(0);
    expect(await balance()).toBe(15n);
    expect(await findings()).toEqual([]);
  });
});

describe('the seals', () => {
  it('cover every journal once, in links that follow one another', async () => {
    await post(paidIn(1n));
    await seal(1);
    await post(paidIn(2n));
    await post(paidIn(3n));
    await seal(2);
    expect(await sealJournals(prisma)).toBe(0);
    expect(await audit()).toMatchObject({ journals: 3, unsealed: { count: 0 }, findings: [] });
  });

  it('wait for a journal that commits late, and then have it', async () => {
    await post(paidIn(1n));
    await seal(1);
    let commit = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      commit = resolve;
    });
    let began = (): void => undefined;
    const written = new Promise<void>((resolve) => {
      began = resolve;
    });
    const late = prisma.$transaction(
      async (tx) => {
        await prismaLedger(tx).post(paidIn(1n));
        began();
        await held;
      },
      { timeout: 30_000 },
    );
    await written;
    await post(paidIn(2n));
    expect(await sealJournals(prisma)).toBe(0);
    commit();
    await late;
    await seal(2);
    expect(await findings()).toEqual([]);
  });

  it('are made once by many sealers', async () => {
    for (let count = 0; count < 5; count += 1) await post(paidIn(1n));
    let sealed = 0;
    await eventually(async () => {
      const some = await Promise.all(Array.from({ length: 8 }, () => sealJournals(prisma)));
      sealed += some.reduce((sum, each) => sum + each, 0);
      expect(sealed).toBe(5);
    });
    expect(await findings()).toEqual([]);
  });
});

describe('the audit', () => {
  let ids: string[] = [];
  beforeEach(async () => {
    ids = [];
    for (const minor of [1n, 2n, 3n]) {
      await post(paidIn(minor));
      await seal(1);
    }
    ids = (await prisma.journal.findMany({ orderBy: { position: 'asc' } })).map(({ id }) => id);
  });

  it('finds nothing wrong with books that are right, and what has no seal yet', async () => {
    await post(paidIn(4n));
    const found = await audit();
    expect(found).toMatchObject({ journals: 4, accounts: 2, seals: 3, sealedEntries: 6, findings: [] });
    expect(found.unsealed.count).toBe(1);
    expect(found.unsealed.oldest[0]?.seconds).toBeLessThan(60);
    const late = await auditLedger({ url: auditorUrl, sealedWithin: -1 });
    expect(late.findings[0]?.what[0]).toMatch(/^journal .* for \d+ s$/);
  });

  it('holds seals to SHA-256 of the text that RFC 8785 gives, with the conversion between', async () => {
    const rate = { from: 'GBP', to: 'JPY', numerator: 2n, denominator: 1n, date: '2026-01-31' };
    const cause = 'quoted "\\/" \b\f\n\r\t\u0001\u007f\u2028 é \u{1f600}';
    await post({ ...paidIn(5n), cause, conversion: { rate, present: null } });
    await seal(1);
    const journal = await prisma.journal.findFirstOrThrow({ where: { cause } });
    const entries = await prisma.entry.findMany({
      where: { journalId: journal.id },
      orderBy: { position: 'asc' },
    });
    const text = JSON.stringify({
      ...{ actor: journal.actor, at: String(journal.at.getTime()), cause },
      conversion: {
        from: 'GBP',
        present: null,
        presentDate: null,
        rate: '2/1',
        rateDate: '2026-01-31',
        to: 'JPY',
      },
      entries: entries.map((entry) => [
        ...[`${entry.position}`, entry.accountId, entry.currency, `${entry.amount}`],
      ]),
      ...{ eventId: null, id: journal.id, key: journal.idempotencyKey, kind: journal.kind, orderId: null },
      ...{ position: `${journal.position}`, transaction: `${journal.transactionId}` },
    });
    const [before, last] = await prisma.seal.findMany({ orderBy: { number: 'asc' }, skip: 2 });
    const hashOf = (hashed: string) => createHash('sha256').update(hashed).digest('hex');
    expect(last?.hash).toBe(hashOf(`${before?.hash}\n${text}\n`));
    expect(Buffer.from(last?.digests ?? []).toString('hex')).toBe(hashOf(text));
    expect((await findings()).join()).not.toMatch(/seal/);
  });

  it('names what breaks each of the rules that are looked at together', async () => {
    await forger.query(`
      ALTER TABLE accounts DROP CONSTRAINT balance_is_never_negative;
      INSERT INTO journals (id, kind, cause, idempotency_key, conversion) VALUES
        ('two', 'TOP_UP', 'c', '1', NULL), ('moved', 'TOP_UP', 'c', '2', NULL), ('promised', 'RELEASE', 'c', '3', NULL),
        ('unpromised', 'RELEASE', 'c', '4', '{"from": "GBP", "to": "JPY", "rate": "2/1", "rateDate": "2026-01-31"}');
      INSERT INTO entries (journal_id, account_id, currency, amount) VALUES
        ('ghost', 'due:1', 'GBP', -5), ('ghost', 'due:2', 'GBP', 5),
        ('two', 'wallet:potter:GBP', 'EUR', -5), ('two', 'wallet:luna:GBP', 'GBP', 5),
        ('moved', 'fx:taken:GBP', 'GBP', -5), ('moved', 'wallet:potter:GBP', 'GBP', 5),
        ('promised', 'escrow:s1', 'GBP', 5), ('unpromised', 'escrow:s2', 'GBP', 5);
      INSERT INTO accounts (id, kind, currency, balance) VALUES
        ('escrow:s2', 'LIABILITY', 'GBP', 7), ('wallet:luna:GBP', 'LIABILITY', 'GBP', -5), ('due:1', 'LIABILITY', 'EUR', 5);
      INSERT INTO escrows (shipment_id, order_id, seller_id, currency, amount, state, settles_in, rate_numerator, rate_denominator,
        rate_date)
      VALUES ('s1', 'o', 's', 'GBP', 5, 'EXPECTED', 'JPY', 2, 1, '2026-01-31'), ('s2', 'o', 's', 'GBP', 5, 'EXPECTED', NULL, NULL, NULL, NULL)`);
    const found = (await audit()).findings.map(({ rule, what }) => [rule, what.toSorted().join()]);
    expect(Object.fromEntries(found)).toMatchObject({
      'a journal of two currencies says by which rate, and no other moves a position, a gain or a loss':
        'journal moved,journal two',
      'every journal sums to zero in each currency': expect.stringMatching(
        /journal two leaves -5 EUR,journal two leaves 5 GBP/,
      ),
      'every entry has its journal': expect.stringMatching(
        /^entry \d+ of journal ghost,entry \d+ of journal ghost$/,
      ),
      'a balance is the sum of its entries': 'account escrow:s2 has 7, its entries sum to -5',
      'no balance is below zero': 'account wallet:luna:GBP has -5',
      'every entry has its account, of its currency': expect.stringMatching(
        /(?=.*due:1)(?=.*due:2)(?=.*wallet:potter:GBP)/,
      ),
      'a sale is converted at the rate that its shipment was promised':
        'journal promised of shipment s1,journal unpromised of shipment s2',
      'escrow held per shipment is what was captured, less what was released and refunded':
        'shipment s2 holds 7 of 0 − 0 − 0',
    });
  });

  it('names a journal that was changed', async () => {
    await forger.query('UPDATE journals SET cause = $1 WHERE id = $2', ['forged', ids[1]]);
    expect(await findings()).toEqual([expect.stringMatching(`journal ${ids[1]} .* was changed`)]);
  });

  it('names a journal whose rate was changed, was given one, or lost its own', async () => {
    const rate = { from: 'GBP', to: 'JPY', numerator: 2n, denominator: 1n, date: '2026-01-31' };
    await post({ ...paidIn(5n), conversion: { rate, present: null } });
    await seal(1);
    const [last] = await prisma.journal.findMany({ orderBy: { position: 'desc' }, take: 1 });
    expect((await findings()).join()).not.toMatch(/was changed/);
    const forge = (conversion: object | null, id = last?.id) =>
      forger.query('UPDATE journals SET conversion = $1 WHERE id = $2', [conversion, id]);
    const told = { from: 'GBP', to: 'JPY', rate: '2/1', rateDate: '2026-01-31' };
    for (const forged of [{ ...told, rate: '3/1' }, { ...told, note: 'more' }, null]) {
      await forge(forged);
      expect(await findings()).toContainEqual(expect.stringMatching(`journal ${last?.id} .* was changed`));
    }
    await forge({ ...told, present: null, presentDate: null });
    expect((await findings()).join()).not.toMatch(/was changed/);
    await forge(told, ids[0]);
    expect(await findings()).toContainEqual(expect.stringMatching(`journal ${ids[0]} .* was changed`));
  });

  it('names a journal whose entries were changed, though it balances', async () => {
    await forger.query('UPDATE entries SET amount = 10 * amount WHERE journal_id = $1', [ids[2]]);
    await forger.query('UPDATE accounts SET balance = balance + 27');
    expect(await findings()).toEqual([expect.stringMatching(`journal ${ids[2]} .* was changed`)]);
  });

  it('names a journal that was removed', async () => {
    await forger.query('DELETE FROM entries WHERE journal_id = $1', [ids[0]]);
    await forger.query('DELETE FROM journals WHERE id = $1', [ids[0]]);
    expect(await findings()).toContainEqual(expect.stringMatching(/position 1 was removed \(seal 1\)/));
  });

  it('names a journal that was put in', async () => {
    await forger.query(`INSERT INTO journals (id, kind, cause, idempotency_key, transaction_id)
      SELECT 'planted', 'TOP_UP', 'c', 'k', transaction_id FROM journals WHERE id = '${ids[1]}'`);
    const found = await findings();
    expect(found).toContainEqual(expect.stringMatching(/journal planted .* was put in \(seal 2\)/));
    expect(found).toContain('journal planted');
  });

  it('names a seal that was changed with its journal, or removed', async () => {
    await forger.query("UPDATE seals SET hash = repeat('0', 64) WHERE number = 2");
    expect(await findings()).toContainEqual(expect.stringMatching(/^seal 2 is not/));
    await forger.query('DELETE FROM seals WHERE number = 2');
    expect(await findings()).toContain('seal 3 does not follow seal 1');
  });

  it('holds the chain to a seal that was noted down', async () => {
    const { head } = await audit();
    const expected = head ?? { number: '', hash: '' };
    expect((await auditLedger({ url: auditorUrl, sealedWithin: 60, expected })).findings).toEqual([]);
    await forger.query('DELETE FROM seals WHERE number = 3');
    const { findings: found } = await auditLedger({ url: auditorUrl, sealedWithin: 60, expected });
    expect(found[0]?.rule).toBe('the chain has the seal that was expected');
  });

  it('names a balance that is not the sum of its entries, as the job does', async () => {
    await forger.query("UPDATE accounts SET balance = balance + 1 WHERE id = 'wallet:potter:GBP'");
    expect(await findings()).toEqual(['account wallet:potter:GBP has 7, its entries sum to 6']);
    expect(await checkBalances(prisma, '')).toEqual({
      right: 1,
      wrong: [{ id: 'wallet:potter:GBP', balance: 7n, entriesSum: 6n }],
      skipped: 0,
      next: null,
    });
  });

  it('names a journal that does not balance, and an entry without its account', async () => {
    await forger.query(
      "INSERT INTO entries (journal_id, account_id, currency, amount) VALUES ($1, $2, 'GBP', 4)",
      [ids[0], feesAccount('GBP').id],
    );
    const found = await findings();
    expect(found).toContain(`journal ${ids[0]} leaves 4 GBP`);
    expect(found).toContainEqual(expect.stringMatching(/entry \d+ of account platform:fees:GBP/));
  });
});
