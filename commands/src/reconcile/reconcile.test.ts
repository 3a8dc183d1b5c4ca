/** The command against the graph's own schema, of which payments' answers are the test's. */
import { readFileSync } from 'node:fs';
import type { AnswerError, Client } from '@emporium/client';
import { buildSchema, GraphQLError, graphql } from 'graphql';
import { expect, it } from 'vitest';
import { explained } from '../terminal/explained.ts';
import { compareDay, isSettled } from './compare-day.ts';
import { showDay } from './show-day.ts';

const schema = buildSchema(readFileSync(new URL('../../../schema/api.graphql', import.meta.url), 'utf8'));
const gbp = (amount: string) => ({ amount, currency: 'GBP' });

type Admin = Pick<Client, 'request'>;

/** An administrator, to whom payments says so. */
const adminTold = (compared: object, cases: readonly object[] = []): Admin => {
  const pageOf = ({ first, after }: { first: number; after: string | null }) => {
    const from = Number(after ?? 0);
    const edges = cases.slice(from, from + first).map((node) => ({ node, cursor: '' }));
    const hasNextPage = from + first < cases.length;
    return { edges, pageInfo: { hasNextPage, hasPreviousPage: false, endCursor: `${from + first}` } };
  };
  const rootValue = { reconcile: () => compared, reconciliation: () => ({ cases: pageOf }) };
  return {
    request: async <Data>(source: string, variableValues: Record<string, unknown> = {}) => {
      const { data, errors = [] } = await graphql({ schema, source, rootValue, variableValues });
      const told = errors.map((error) => error.toJSON() as AnswerError);
      return { data: (data ?? null) as Data | null, errors: told, status: 200 };
    },
  };
};

const run = (totals: readonly object[], status = 'FINISHED', failure: string | null = null) => ({
  ...{ id: 'run', provider: 'sandbox', status, failure, startedAt: '2026-11-27T03:00:00Z' },
  totals,
});
const compared = (...runs: object[]) => ({ __typename: 'Reconciliation', date: '2026-11-26', runs });
const matched = { outcome: 'MATCHED', movements: 2, reported: gbp('20.00'), booked: gbp('20.00') };
const missing = {
  ...{ outcome: 'MISSING_THERE', movements: 1 },
  ...{ reported: gbp('0.00'), booked: gbp('10.00') },
};
const caseOf = (id: string) => ({
  ...{ id, date: '2026-11-26', provider: 'sandbox', kind: 'MISSING_THERE', movement: 'CAPTURE' },
  ...{ reported: null, booked: gbp('10.00'), status: 'OPEN' },
  suggestedJournal: [
    { account: 'platform:write-offs:GBP', side: 'DEBIT', amount: gbp('10.00') },
    { account: 'provider:card:GBP', side: 'CREDIT', amount: gbp('10.00') },
  ],
});
/** What it says, and whether all is well. */
const told = async (admin: Admin) => {
  const day = await compareDay(admin, '2026-11-26');
  return { text: showDay('2026-11-26', day), isSettled: isSettled(day) };
};
/** What stops it. */
const stopping = (admin: Admin) =>
  compareDay(admin, '2026-11-26').then(() => null, explained) as Promise<Error | null>;

it('is content with a day on which all matches', async () => {
  const { text, isSettled } = await told(adminTold(compared(run([matched]))));
  expect(isSettled).toBe(true);
  expect(text).toBe(
    [
      '2026-11-26',
      '',
      'provider  outcome  movements  reported   booked',
      'sandbox   MATCHED  2          20.00 GBP  20.00 GBP',
      '',
      'No difference is open.',
      '',
    ].join('\n'),
  );
});

it('shows what is missing there, and the journal that would mend it, however many there are', async () => {
  const open = Array.from({ length: 101 }, (_, index) => caseOf(`case-${index}`));
  const { text, isSettled } = await told(adminTold(compared(run([matched, missing])), open));
  expect(isSettled).toBe(false);
  expect(text).toMatch(/sandbox +MISSING_THERE +1 +0\.00 GBP +10\.00 GBP/);
  expect(text).toMatch(
    /case-100 +sandbox +MISSING_THERE +CAPTURE +- +10\.00 GBP +debit platform:write-offs:GBP 10\.00, credit prov/,
  );
});

it('looks at the last run of a provider alone, and is not content when that failed', async () => {
  const failed = run([], 'FAILED', 'REPORT_UNAVAILABLE');
  const { text, isSettled } = await told(adminTold(compared(failed, run([matched]))));
  expect(isSettled).toBe(false);
  expect(text).toMatch(/sandbox +REPORT_UNAVAILABLE +0 +- +-\n/);
  expect(text).not.toContain('MATCHED');
  expect((await told(adminTold(compared(run([matched]), failed)))).isSettled).toBe(true);
});

it('is stopped by a day to come, with the refusal’s code', async () => {
  const refusal = { code: 'DAY_NOT_BEGUN', message: 'This day has not begun.' };
  const admin = adminTold({ __typename: 'ReconciliationRefusal', ...refusal });
  expect(await stopping(admin)).toMatchObject({ name: 'CommandError', ...refusal });
});

it('says what is wrong with a date, and who may ask', async () => {
  const refused = (code: string, message: string) =>
    stopping(adminTold(new GraphQLError(message, { extensions: { code } })));
  expect(await refused('BAD_USER_INPUT', '`date` must be a date.')).toMatchObject({
    message: 'BAD_USER_INPUT: `date` must be a date.',
  });
  expect(await refused('FORBIDDEN', 'Not yours.')).toMatchObject({
    code: 'FORBIDDEN',
    message: expect.stringContaining('--admin'),
  });
});
