import { inTransaction, isOverload, postgresAdapter, straightToDriver } from '@emporium/subgraph';
import { testDatabase } from '@emporium/testing';
import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Prisma, PrismaClient } from './generated/client.ts';

type Tx = Prisma.TransactionClient;

let prisma: PrismaClient;
let other: PrismaClient;
beforeAll(async () => {
  const { url } = await testDatabase('payments');
  prisma = new PrismaClient({ adapter: straightToDriver(postgresAdapter(url, 'payments', 2)) });
  other = new PrismaClient({ adapter: postgresAdapter(url, 'payments', 1) });
  await tellDriver(prisma);
});
afterAll(() => Promise.all([prisma.$disconnect(), other.$disconnect()]));

/** A client's first transaction is Prisma's own. */
const tellDriver = (client: PrismaClient) => inTransaction(client, async () => null, {});

const limits = { timeout: 20_000 };
const straight = <Result>(work: (tx: Tx) => Promise<Result>) => inTransaction(prisma, work, limits);
const throughPrisma = <Result>(work: (tx: Tx) => Promise<Result>) => prisma.$transaction(work, limits);

const at = new Date('2026-11-28T23:59:59.123Z');
const texts = ['a "quoted" text', null, 'back\\slash, {braces}', ''];

const questions: Record<string, (tx: Tx) => Promise<unknown>> = {
  'what comes of every type': (tx) =>
    tx.$queryRaw`SELECT 1::smallint AS small, 2 AS int, 9007199254740993::bigint AS big, 1.50::numeric AS exact, 1.5::float8 AS double,
      true AS yes, 'text' AS text, NULL AS none, gen_random_uuid() IS NULL AS no, '2026-11-28'::date AS day, '12:30'::time AS hour,
      '2026-11-28 12:00+02'::timestamptz AS at, '2026-11-28 12:00'::timestamp AS local, '{"a": [1, null]}'::jsonb AS json, 'null'::json AS empty,
      '\\xff00'::bytea AS bytes, 'infinity'::float8 AS endless`,
  'what comes of lists': (tx) =>
    tx.$queryRaw`SELECT ARRAY[1, NULL]::bigint[] AS big, ARRAY[1, 2] AS ints, ARRAY['a', NULL, ''] AS texts, ARRAY[1.10, 2]::numeric[] AS exact,
      ARRAY['2026-11-28 12:00Z'::timestamptz] AS ats, ARRAY['{"a": 1}'::jsonb] AS jsons, '{}'::text[] AS none, ARRAY[true, false] AS yes`,
  'what is given': (tx) =>
    tx.$queryRaw`SELECT ${9007199254740993n}::bigint AS big, ${3}::int AS int, ${"it's"}::text AS text, ${null}::text AS none, ${true}::boolean AS yes,
      ${at}::timestamptz AS at, ${new Prisma.Decimal('12.340')}::numeric AS exact, ${'{"a":1}'}::jsonb AS json, ${1.25}::float8 AS double`,
  'lists that are given': (tx) =>
    tx.$queryRaw`SELECT ${[1n, 2n]}::bigint[] AS big, ${texts}::text[] AS texts, ${[1, 2]}::int[] AS ints, ${[true, false]}::boolean[] AS yes,
      ${[at, null]}::timestamptz[] AS ats, ${[]}::text[] AS none, ${[new Prisma.Decimal('0.10')]}::numeric[] AS exact`,
  'statements made of parts': (tx) =>
    tx.$queryRaw`SELECT number FROM generate_series(1, 9) AS number WHERE ${Prisma.sql`number > ${7}`} AND ${Prisma.sql`TRUE`}`,
  'statements made beforehand': (tx) => tx.$queryRaw(Prisma.sql`SELECT ${'x'}::text AS value`),
  'a text with its values apart': (tx) =>
    tx.$queryRawUnsafe('SELECT $1::text AS text, $2::text[] AS texts, $3::bigint AS big', 'x', texts, 7n),
  'rows without columns, and none': (tx) => tx.$queryRaw`SELECT 1 AS one WHERE false`,
};

it.each(Object.entries(questions))('answers as Prisma does: %s', async (_name, ask) => {
  const expected = await throughPrisma(ask);
  const got = await straight(ask);
  expect(got).toStrictEqual(expected);
  expect(Object.keys((got as object[])[0] ?? {})).toEqual(Object.keys((expected as object[])[0] ?? {}));
});

const failures: Record<string, (tx: Tx) => Promise<unknown>> = {
  'a text with its values apart': (tx) => tx.$executeRawUnsafe('SELECT $1::int', 'x'),
  'what is no SQL': (tx) => tx.$queryRaw`SELEKT`,
  'a model': (tx) => tx.account.create({ data: { id: 'provider:x:GBP', kind: 'ASSET', currency: 'GBP' } }),
  'what is refused at the end': async (tx) => {
    await tx.$executeRaw`CREATE TEMPORARY TABLE once (id integer UNIQUE DEFERRABLE INITIALLY DEFERRED) ON COMMIT DROP`;
    await tx.$executeRaw`INSERT INTO once VALUES (1), (1)`;
  },
  'a constraint': (tx) =>
    tx.$executeRaw`INSERT INTO accounts (id, kind, currency) VALUES ('x', 'NONE', 'GBP')`,
  'what is there': (tx) =>
    tx.$executeRaw`INSERT INTO accounts (id, kind, currency) VALUES ('x', 'ASSET', 'GBP'), ('x', 'ASSET', 'GBP')`,
};

it.each(Object.entries(failures))('fails as Prisma does: %s', async (_name, ask) => {
  const errorOf = (asked: Promise<unknown>) =>
    asked.then(
      () => expect.unreachable(),
      (error: Prisma.PrismaClientKnownRequestError) => error,
    );
  const [expected, got] = [await errorOf(throughPrisma(ask)), await errorOf(straight(ask))];
  expect(got).toBeInstanceOf(Prisma.PrismaClientKnownRequestError);
  const told = ({ code, meta }: Prisma.PrismaClientKnownRequestError) => ({ code, meta });
  expect(told(got)).toEqual(told(expected));
  // Prisma says before it where it was called from.
  expect(expected.message.split('\n').at(-1)).toBe(got.message.split('\n').at(-1));
});

const accountOf = (id: string) => other.account.findUnique({ where: { id } });
const insert = (tx: Tx, id: string) =>
  tx.$executeRaw`INSERT INTO accounts (id, kind, currency) VALUES (${id}, 'ASSET', 'GBP')`;

it('is one transaction with what goes through Prisma', async () => {
  await straight(async (tx) => {
    expect(await insert(tx, 'provider:one:GBP')).toBe(1);
    expect(await tx.account.findUnique({ where: { id: 'provider:one:GBP' } })).not.toBeNull();
    expect(await accountOf('provider:one:GBP')).toBeNull();
  });
  expect(await accountOf('provider:one:GBP')).not.toBeNull();
});

it('is not begun without a connection, and gives back one that comes too late', async () => {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const holding = [1, 2].map(() => straight(() => held));
  const late = inTransaction(prisma, async () => expect.unreachable(), { maxWait: 50 });
  await expect(late).rejects.toSatisfy(isOverload);
  letGo();
  await Promise.all(holding);
  expect(await Promise.all([straight(async () => 1), straight(async () => 2)])).toEqual([1, 2]);
});

it('is undone by a throw', async () => {
  const work = straight(async (tx) => {
    await insert(tx, 'provider:two:GBP');
    throw new Error('no');
  });
  await expect(work).rejects.toThrow('no');
  expect(await accountOf('provider:two:GBP')).toBeNull();
});

it('writes nothing once it is over', async () => {
  let late: Tx | undefined;
  await straight(async (tx) => {
    late = tx;
    await tx.$queryRaw`SELECT 1`;
  });
  await expect(insert(late as Tx, 'provider:late:GBP')).rejects.toMatchObject({ code: 'P2028' });
  expect(await accountOf('provider:late:GBP')).toBeNull();
});

it('writes nothing once its time is up', async () => {
  const work = inTransaction(
    prisma,
    async (tx: Tx) => {
      await insert(tx, 'provider:slow:GBP');
      await tx.$queryRaw`SELECT pg_sleep(0.5) IS NULL AS slept`;
      await insert(tx, 'provider:slower:GBP');
    },
    { timeout: 100 },
  );
  await expect(work).rejects.toMatchObject({ code: 'P2028' });
  expect(await accountOf('provider:slow:GBP')).toBeNull();
  expect(await accountOf('provider:slower:GBP')).toBeNull();
});

it('asks the driver once for each statement, without Prisma', async () => {
  const asked: string[] = [];
  const { url } = await testDatabase('payments');
  const noting = (factory: SqlDriverAdapterFactory): SqlDriverAdapterFactory => ({
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => {
      const adapter = await factory.connect();
      const start = adapter.startTransaction.bind(adapter);
      adapter.startTransaction = async (level) => {
        const transaction = await start(level);
        const query = transaction.queryRaw.bind(transaction);
        transaction.queryRaw = (statement) => {
          asked.push(statement.sql);
          return query(statement);
        };
        return transaction;
      };
      return adapter;
    },
  });
  const noted = new PrismaClient({
    adapter: straightToDriver(noting(postgresAdapter(url, 'payments', 1))),
  });
  await tellDriver(noted);
  const stack = await inTransaction(
    noted,
    async (tx: Tx) => {
      await tx.$queryRaw`SELECT ${1}::int AS one`;
      return asked.length;
    },
    limits,
  );
  expect([stack, asked]).toEqual([1, ['SELECT $1::int AS one']]);
  await noted.$disconnect();
});
