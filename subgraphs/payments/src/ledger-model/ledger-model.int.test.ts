import { eventually, testDatabase } from '@emporium/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditLedger } from '../infrastructure/ledger/audit/audit-ledger.ts';
import { brokenRules } from '../test-audit.ts';
import { brokenInvariants } from './broken-invariants.ts';
import { createMemoryKeeper } from './memory-keeper.ts';
import { postgresStories } from './model-size.ts';
import { stories } from './operations.ts';
import { createPostgresKeeper } from './postgres-keeper.ts';
import { createWorld } from './world.ts';

let books: ReturnType<typeof createPostgresKeeper>;
let auditorUrl: string;

beforeAll(async () => {
  const database = await testDatabase('payments');
  books = createPostgresKeeper(database.url);
  auditorUrl = database.auditorUrl;
});
afterAll(() => books.prisma.$disconnect());

/** Balances of wallets, escrows and claims that are not zero: accounts whose ids both worlds know. */
const told = (balances: Iterable<readonly [string, bigint]>): Record<string, bigint> =>
  Object.fromEntries(
    [...balances].filter(([id, balance]) => /^(wallet|escrow|claims):/.test(id) && balance !== 0n),
  );

const balancesOf = async (name: string): Promise<Record<string, bigint>> => {
  const rows = await books.prisma.$queryRaw<{ id: string; balance: bigint }[]>`
    SELECT id, balance + coalesce((SELECT sum(amount) FROM balance_additions WHERE account_id = id), 0)::bigint AS balance
    FROM accounts WHERE id LIKE ${`%:${name}-%`}`;
  return told(rows.map(({ id, balance }) => [id, balance] as const));
};

it(`Postgres does as the model does in ${postgresStories} stories, whatever crashes between two statements`, async () => {
  let number = 0;
  let crashed = 0;
  await fc.assert(
    fc.asyncProperty(stories, async (story) => {
      number += 1;
      const name = `story-${number}`;
      const model = createMemoryKeeper();
      const expected = createWorld(name, story, model.keeper);
      const { keeper } = books;
      const counting: typeof keeper.crashing = async (crash, work) => {
        const outcome = await keeper.crashing(crash, work);
        if (outcome === 'CRASHED') crashed += 1;
        return outcome;
      };
      const world = createWorld(name, story, { ...keeper, crashing: counting });
      for (const operation of [...story.operations, { type: 'SETTLE', crash: null } as const]) {
        await expected.perform({ ...operation, crash: null });
        await world.perform(operation);
        expect(brokenInvariants(model.memory())).toEqual([]);
        expect(await brokenRules(books.prisma)).toEqual([]);
        expect(await balancesOf(name)).toEqual(told(model.memory().balances));
      }
    }),
    // Half a minute of shrinking says less than the seed, which is told.
    { numRuns: postgresStories, endOnFailure: true },
  );
  expect(crashed).toBeGreaterThan(postgresStories / 2);
  await eventually(async () => {
    await books.keeper.keepBooks();
    const found = await auditLedger({ url: auditorUrl, sealedWithin: 60 });
    expect(found).toMatchObject({ unsealed: { count: 0 }, findings: [] });
  });
}, 1_800_000);
