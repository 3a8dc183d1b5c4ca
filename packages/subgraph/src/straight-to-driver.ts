import { AsyncLocalStorage } from 'node:async_hooks';
import { Decimal, PrismaClientKnownRequestError, Sql, sqltag } from '@prisma/client/runtime/client';
import {
  type ArgType,
  ColumnTypeEnum,
  isDriverAdapterError,
  type SqlDriverAdapter,
  type SqlDriverAdapterFactory,
  type SqlResultSet,
  type Transaction,
} from '@prisma/driver-adapter-utils';

/** The driver's transaction behind one of Prisma's, from when it has begun until it is committed or rolled back. */
type Begun = { transaction: Transaction | null };

const beginning = new AsyncLocalStorage<Begun>();

/** Lets `inTransaction` know the driver's transactions of a Prisma client that has this adapter. */
export const straightToDriver = (factory: SqlDriverAdapterFactory): SqlDriverAdapterFactory => ({
  provider: factory.provider,
  adapterName: factory.adapterName,
  connect: async () => tellTransactions(await factory.connect()),
});

const tellTransactions = (adapter: SqlDriverAdapter): SqlDriverAdapter => {
  const { provider, adapterName } = adapter;
  const info = adapter.getConnectionInfo?.();
  return {
    provider,
    adapterName,
    queryRaw: (query) => adapter.queryRaw(query),
    executeRaw: (query) => adapter.executeRaw(query),
    executeScript: (script) => adapter.executeScript(script),
    startTransaction: async (isolationLevel) => {
      const begun = beginning.getStore();
      const transaction = await adapter.startTransaction(isolationLevel);
      return begun ? tell(begun, transaction) : transaction;
    },
    ...(info && { getConnectionInfo: () => info }),
    dispose: () => adapter.dispose(),
  };
};

const ends = new Set(['COMMIT', 'ROLLBACK']);

/** One after the other: the driver is to be asked for one thing at a time. */
const inTurn = () => {
  let last: Promise<unknown> = Promise.resolve();
  return <Result>(ask: () => Promise<Result>): Promise<Result> => {
    const turn = last.then(ask, ask);
    last = turn;
    return turn;
  };
};

/** Nothing goes past Prisma any more once the end was asked for: the connection may soon be another's. */
const tell = (begun: Begun, transaction: Transaction): Transaction => {
  const { provider, adapterName, options } = transaction;
  const { createSavepoint, rollbackToSavepoint, releaseSavepoint } = transaction;
  const end = () => {
    begun.transaction = null;
  };
  const turn = inTurn();
  const told: Transaction = {
    provider,
    adapterName,
    options,
    queryRaw: (query) => turn(() => transaction.queryRaw(query)),
    executeRaw: (query) => {
      if (ends.has(query.sql)) end();
      return turn(() => transaction.executeRaw(query));
    },
    commit: () => {
      end();
      return transaction.commit();
    },
    rollback: () => {
      end();
      return transaction.rollback();
    },
    ...(createSavepoint && { createSavepoint: createSavepoint.bind(transaction) }),
    ...(rollbackToSavepoint && { rollbackToSavepoint: rollbackToSavepoint.bind(transaction) }),
    ...(releaseSavepoint && { releaseSavepoint: releaseSavepoint.bind(transaction) }),
  };
  begun.transaction = told;
  return told;
};

type Raw = {
  $queryRaw(query: TemplateStringsArray | Sql, ...values: readonly unknown[]): PromiseLike<unknown>;
  $executeRaw(query: TemplateStringsArray | Sql, ...values: readonly unknown[]): PromiseLike<number>;
};

/** What of a Prisma client opens transactions. */
type Opens<Tx> = {
  $transaction<Result>(
    work: (tx: Tx) => Promise<Result>,
    options?: { readonly maxWait?: number; readonly timeout?: number },
  ): Promise<Result>;
};

/**
 * A transaction of Prisma's whose raw statements go straight to the driver, where the client has such an adapter: the same
 * answers and the same errors, for less processor time (ADR 114). Everything else goes through Prisma as ever.
 */
export const inTransaction = <Tx extends object, Result>(
  prisma: Opens<Tx>,
  work: (tx: Tx) => Promise<Result>,
  limits: { readonly maxWait?: number; readonly timeout?: number },
): Promise<Result> => {
  const begun: Begun = { transaction: null };
  return beginning.run(begun, () => prisma.$transaction((tx) => work(past(tx, begun)), limits));
};

const past = <Tx extends object>(tx: Tx, begun: Begun): Tx => {
  if (begun.transaction === null) return tx;
  const throughPrisma = tx as Tx & Raw;
  const straight: Raw = {
    $queryRaw: async (query, ...values) =>
      begun.transaction
        ? rowsOf(await begun.transaction.queryRaw(statementOf(query, values)).catch(fail))
        : throughPrisma.$queryRaw(query, ...values),
    $executeRaw: async (query, ...values) =>
      begun.transaction
        ? begun.transaction.executeRaw(statementOf(query, values)).catch(fail)
        : throughPrisma.$executeRaw(query, ...values),
  };
  // Defined, and not assigned: what is assigned to a client becomes everybody's.
  return Object.create(tx, Object.getOwnPropertyDescriptors(straight));
};

const statementOf = (query: TemplateStringsArray | Sql, given: readonly unknown[]) => {
  const { text, values } = query instanceof Sql ? query : sqltag(query, ...given);
  return { sql: text, args: values.map(argumentOf), argTypes: values.map(typeOf) };
};

/** What the driver would write as JSON though it is none. */
const argumentOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(argumentOf);
  return Decimal.isDecimal(value) ? value.toString() : (value ?? null);
};

const typeOf = (value: unknown): ArgType =>
  Array.isArray(value)
    ? { scalarType: 'unknown', arity: 'list' }
    : { scalarType: 'unknown', arity: 'scalar' };

/** Prisma's own error for it, as others look for what went wrong. */
const fail = (error: unknown): never => {
  if (!isDriverAdapterError(error)) throw error;
  const { originalCode, originalMessage } = error.cause;
  throw new PrismaClientKnownRequestError(
    `Raw query failed. Code: \`${originalCode ?? 'N/A'}\`. Message: \`${originalMessage ?? error.message}\``,
    { code: 'P2010', clientVersion: 'past', meta: { driverAdapterError: error } },
  );
};

type Read = (value: never) => unknown;

const each =
  (read: Read): Read =>
  (values: never[]) =>
    values.map((value) => (value === null ? null : read(value)));

const readDecimal = (value: string) => new Decimal(value);
const readDate = (value: string) => new Date(value);
const readTime = (value: string) => new Date(`1970-01-01T${value}Z`);
const readBytes = (value: Uint8Array) => new Uint8Array(value);
const readJson = (value: string) => JSON.parse(value) as unknown;

/** The driver has these as text, or bytes as its own. */
const readers: Readonly<Partial<Record<number, Read>>> = {
  [ColumnTypeEnum.Int64]: BigInt,
  [ColumnTypeEnum.Int64Array]: each(BigInt),
  [ColumnTypeEnum.Numeric]: readDecimal,
  [ColumnTypeEnum.NumericArray]: each(readDecimal),
  [ColumnTypeEnum.Date]: readDate,
  [ColumnTypeEnum.DateArray]: each(readDate),
  [ColumnTypeEnum.DateTime]: readDate,
  [ColumnTypeEnum.DateTimeArray]: each(readDate),
  [ColumnTypeEnum.Time]: readTime,
  [ColumnTypeEnum.TimeArray]: each(readTime),
  [ColumnTypeEnum.Bytes]: readBytes,
  [ColumnTypeEnum.BytesArray]: each(readBytes),
  [ColumnTypeEnum.Json]: readJson,
  [ColumnTypeEnum.JsonArray]: each(readJson),
};

const rowsOf = ({ columnNames, columnTypes, rows }: SqlResultSet): Record<string, unknown>[] => {
  const columns = columnNames.map((name, index) => ({ name, read: readers[columnTypes[index] ?? -1] }));
  return rows.map((values) => {
    const row: Record<string, unknown> = {};
    columns.forEach(({ name, read }, index) => {
      const value = values[index];
      row[name] = read && value !== null ? read(value as never) : value;
    });
    return row;
  });
};
