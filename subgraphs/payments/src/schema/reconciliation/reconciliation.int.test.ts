import { type CardSandbox, createCardSandbox } from '@emporium/card-sandbox';
import { paymentRequested } from '@emporium/contracts';
import { newSeal } from '@emporium/encryption/testing';
import { anonymous, type Role, type Viewer } from '@emporium/subgraph';
import { eventually, testDatabase } from '@emporium/testing';
import { type GraphQLSchema, graphql } from 'graphql';
import { pino } from 'pino';
import { v7 as newId } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createHttpProviderReport } from '../../infrastructure/http-provider-report.ts';
import {
  createHttpCardProvider,
  type HttpCardProvider,
} from '../../infrastructure/providers/http-card-provider.ts';
import { brokenRules } from '../../test-audit.ts';
import { anOrder, openPayments, type TestPayments } from '../../test-payments.ts';
import { createContext } from '../context.ts';
import { createSchema } from '../create-schema.ts';

const logger = pino({ level: 'silent' });

let sandbox: CardSandbox;
let provider: HttpCardProvider;
let payments: TestPayments;
let schema: GraphQLSchema;

beforeAll(async () => {
  schema = await createSchema();
  sandbox = await createCardSandbox();
  provider = createHttpCardProvider({ url: sandbox.url, logger });
  const report = createHttpProviderReport({ url: sandbox.url, logger });
  payments = openPayments(
    (await testDatabase('payments')).url,
    provider,
    'everyone',
    newSeal(),
    undefined,
    [report],
  );
  payments.startWork();
});
beforeEach(() => behave({}));
afterEach(async () => expect(await brokenRules(payments.prisma)).toEqual([]));
afterAll(async () => {
  await payments.stop();
  await provider.close();
  await sandbox.stop();
});

const as = (...roles: Role[]): Viewer =>
  ({
    id: newId(),
    roles,
    address: null,
    session: {
      id: 'session',
      authenticatedAt: Math.floor(Date.now() / 1000),
      methods: ['pwd'],
      hasSecondFactor: false,
    },
  }) as Viewer;
const admin = as('ADMIN');

const ask = async (source: string, variableValues: Record<string, unknown> = {}, viewer = admin) => {
  const contextValue = createContext(payments.app, viewer);
  const { data, errors } = await graphql({ schema, source, variableValues, contextValue });
  return {
    data: JSON.parse(JSON.stringify(data ?? null)),
    codes: (errors ?? []).map(({ extensions, message }) => extensions.code ?? message),
  };
};
const behave = async (behaviour: object) => {
  const { status } = await fetch(`${sandbox.url}/v1/movements/behaviour`, {
    method: 'PUT',
    body: JSON.stringify(behaviour),
  });
  expect(status).toBe(200);
};

/** A captured card payment; its id is the provider's key. */
const captured = async (): Promise<{ key: string; at: string; day: string }> => {
  const { orderId, ...order } = anOrder('CARD', 'tok_ok');
  await payments.hear(paymentRequested, { orderId, ...order });
  return eventually(async () => {
    const { id, status } = await payments.prisma.payment.findUniqueOrThrow({ where: { orderId } });
    expect(status).toBe('CAPTURED');
    const { at } = await payments.prisma.journal.findUniqueOrThrow({
      where: { idempotencyKey: `capture:${id}` },
    });
    return { key: id, at: at.toISOString(), day: at.toISOString().slice(0, 10) };
  });
};

const seen = `__typename ... on Reconciliation {
  runs { status failure totals { outcome movements reported { amount } booked { amount } } }
  cases(first: 100) { edges { node { id kind status idempotencyKey closedBy suggestedJournal { account side amount { amount } } } } }
} ... on ReconciliationRefusal { code }`;
const reconcile = async (date: string) =>
  (await ask(`mutation ($date: String!) { reconcile(date: $date) { ${seen} } }`, { date })).data.reconcile;
type Entry = { side: string; account: string; amount: { amount: string } };
type Case = {
  suggestedJournal: Entry[];
  id: string;
  kind: string;
  status: string;
  idempotencyKey: string;
  closedBy: string | null;
};
/** Those of one key: other tests have theirs on the same day. */
const casesOf = async (day: string, key: string): Promise<Case[]> =>
  (await reconcile(day)).cases.edges
    .map(({ node }: { node: Case }) => node)
    .filter(({ idempotencyKey }: Case) => idempotencyKey === key);
const resolve = (caseId: string | undefined, action: string, viewer = admin) =>
  ask(
    `mutation ($input: ResolveReconciliationCaseInput!) { resolveReconciliationCase(input: $input) {
      __typename ... on ReconciliationCase { status reason closedBy } ... on ReconciliationRefusal { code } } }`,
    { input: { caseId, action, reason: 'Looked at with the provider.' } },
    viewer,
  );
const balanceOf = async (id: string): Promise<bigint> => {
  const [row] = await payments.prisma.$queryRaw<{ sum: bigint | null }[]>`
    SELECT sum(amount)::bigint AS sum FROM entries WHERE account_id = ${id}`;
  return row?.sum ?? 0n;
};
const invented = (idempotencyKey: string | null, at: string, id = `cap_${newId()}`) => ({
  ...{ id, kind: 'CAPTURE', idempotencyKey, at },
  amount: { minor: '321', currency: 'GBP' },
});

describe('a day that is reconciled', () => {
  it('matches what both know, page by page, and has no case', async () => {
    const { key, day } = await captured();
    const matched = async () => {
      const { runs } = await reconcile(day);
      return runs[0].totals.find(({ outcome }: { outcome: string }) => outcome === 'MATCHED');
    };
    await behave({ pageSize: 1 });
    const before = await matched();
    await captured();
    const after = await matched();
    expect(after.movements).toBe(before.movements + 1);
    expect(Number(after.reported.amount)).toBe(Number(before.reported.amount) + 10);
    expect(after.booked).toEqual(after.reported);
    expect(await casesOf(day, key)).toEqual([]);
  });

  it.each<[string, string, (key: string, at: string) => object, string[]]>([
    [
      'leaves one out',
      'MISSING_THERE',
      (key) => ({ omit: [key] }),
      ['DEBIT platform:write-offs:GBP 10.00', 'CREDIT provider:card:GBP 10.00'],
    ],
    [
      'invents one',
      'MISSING_HERE',
      (key, at) => ({ invent: [invented(`unknown-${key}`, at)] }),
      ['DEBIT provider:card:GBP 3.21', 'CREDIT platform:unexplained:GBP 3.21'],
    ],
    [
      'lies about an amount',
      'AMOUNT_DIFFERS',
      (key) => ({ lie: { [key]: { minor: '1250', currency: 'GBP' } } }),
      ['DEBIT provider:card:GBP 2.50', 'CREDIT platform:unexplained:GBP 2.50'],
    ],
    [
      'has another under the same key',
      'DUPLICATE',
      (key, at) => ({ invent: [invented(key, at, `zap-${key}`)] }),
      ['DEBIT provider:card:GBP 3.21', 'CREDIT platform:unexplained:GBP 3.21'],
    ],
  ])('has a case when the report %s; it is posted once', async (_, kind, behaviour, lines) => {
    const { key, at, day } = await captured();
    await behave(behaviour(key, at));
    const before = await balanceOf('provider:card:GBP');
    const foundKey = kind === 'MISSING_HERE' ? `unknown-${key}` : key;
    const [found, ...others] = await casesOf(day, foundKey);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ kind, status: 'OPEN', closedBy: null });
    expect(
      found?.suggestedJournal.map(
        (entry: { side: string; account: string; amount: { amount: string } }) =>
          `${entry.side} ${entry.account} ${entry.amount.amount}`,
      ),
    ).toEqual(lines);
    const answers = await Promise.all([1, 2, 3].map(() => resolve(found?.id, 'POST_SUGGESTED')));
    for (const { data } of answers)
      expect(data.resolveReconciliationCase).toMatchObject({ status: 'RESOLVED', closedBy: admin.id });
    const journals = await payments.prisma.journal.findMany({ where: { cause: found?.id ?? '' } });
    expect(journals).toMatchObject([{ cause: found?.id, actor: `user:${admin.id}` }]);
    const moved =
      { MISSING_THERE: -1000n, MISSING_HERE: 321n, AMOUNT_DIFFERS: 250n, DUPLICATE: 321n }[kind] ?? 0n;
    expect(await balanceOf('provider:card:GBP')).toBe(before + moved);
    expect((await resolve(found?.id, 'ACCEPT')).data.resolveReconciliationCase.code).toBe('ALREADY_CLOSED');
    expect(await casesOf(day, foundKey)).toMatchObject([{ id: found?.id, status: 'RESOLVED' }]);
  });

  it('opens a case once, closes it when it matches, and opens it again when it differs again', async () => {
    const { key, day } = await captured();
    await behave({ omit: [key] });
    const [first] = await casesOf(day, key);
    expect(await casesOf(day, key)).toMatchObject([{ id: first?.id, status: 'OPEN' }]);
    await behave({});
    expect(await casesOf(day, key)).toMatchObject([{ id: first?.id, status: 'RESOLVED', closedBy: null }]);
    await behave({ omit: [key] });
    expect(await casesOf(day, key)).toMatchObject([{ id: first?.id, status: 'OPEN' }]);
    await resolve(first?.id, 'ACCEPT');
    expect(await casesOf(day, key)).toMatchObject([{ id: first?.id, status: 'ACCEPTED' }]);
    expect(await payments.prisma.journal.count({ where: { cause: first?.id ?? '' } })).toBe(0);
  });

  it('counts a row once that the report repeats', async () => {
    const { key, day } = await captured();
    await behave({ repeat: [key], pageSize: 1 });
    expect(await casesOf(day, key)).toEqual([]);
  });

  it('takes what is still being asked for no difference', async () => {
    const { at, day } = await captured();
    await payments.prisma.providerCall.create({
      data: { id: 'asked', kind: 'PAYOUT', subject: 'asked', dueAt: new Date(Date.now() + 3_600_000) },
    });
    await behave({ invent: [{ ...invented('asked', at), kind: 'PAYOUT' }] });
    expect(await casesOf(day, 'asked')).toEqual([]);
  });

  it.each([
    ['is not to be had', { unavailable: true }, 'REPORT_UNAVAILABLE'],
    ['loses rows between its pages', { skipsBetweenPages: true, pageSize: 1 }, 'REPORT_INCONSISTENT'],
  ])('changes nothing when the report %s, and is due again', async (_, behaviour, code) => {
    const { key, day } = await captured();
    await captured();
    await behave(behaviour);
    expect(await reconcile(day)).toMatchObject({ __typename: 'ReconciliationRefusal', code });
    expect(await payments.prisma.reconciliationCase.count({ where: { key } })).toBe(0);
    await behave({});
    expect((await reconcile(day)).runs[0]).toMatchObject({ status: 'FINISHED' });
  });

  it('finds what lies close to midnight in the neighbour’s report', async () => {
    const { key, day } = await captured();
    const evening = new Date(Date.parse(`${day}T00:00:00Z`) - 60_000).toISOString();
    await behave({
      omit: [key],
      invent: [{ ...invented(key, evening), amount: { minor: '1000', currency: 'GBP' } }],
    });
    expect(await casesOf(day, key)).toEqual([]);
    expect(await casesOf(evening.slice(0, 10), key)).toEqual([]);
  });
});

describe('reconciliation', () => {
  it('is for ADMIN, with a recent proof where it moves money', async () => {
    const date = '2026-01-01';
    const fields = [
      `query { reconciliation(date: "${date}") { date } }`,
      'query { reconciliationDays { edges { node { date openCases } } } }',
      `mutation { reconcile(date: "${date}") { __typename } }`,
      'mutation { resolveReconciliationCase(input: { caseId: "x", action: ACCEPT, reason: "y" }) { __typename } }',
    ];
    for (const field of fields) {
      expect((await ask(field, {}, anonymous)).codes).toEqual(['UNAUTHENTICATED']);
      expect((await ask(field, {}, as('SUPPORT'))).codes).toEqual(['FORBIDDEN']);
    }
    const stale: Viewer = { id: newId(), roles: ['ADMIN'], address: null };
    expect((await resolve('x', 'ACCEPT', stale)).codes).toEqual(['STEP_UP_REQUIRED']);
    expect((await resolve('x', 'ACCEPT')).data.resolveReconciliationCase.code).toBe('NOT_FOUND');
  });

  it('knows no day that was never run, that is to come, or that is none', async () => {
    expect(
      (await ask('query { reconciliation(date: "2001-01-01") { date } }')).data.reconciliation,
    ).toBeNull();
    expect((await ask('query { reconciliation(date: "2026-02-30") { date } }')).codes).toEqual([
      'BAD_USER_INPUT',
    ]);
    expect(await reconcile('2999-01-01')).toMatchObject({ code: 'DAY_NOT_BEGUN' });
  });

  it('lists days with open cases', async () => {
    const { key, day } = await captured();
    await behave({ omit: [key] });
    await reconcile(day);
    const { data } = await ask('query { reconciliationDays { edges { node { date openCases } } } }');
    expect(data.reconciliationDays.edges).toContainEqual({
      node: { date: day, openCases: expect.any(Number) },
    });
  });
});
