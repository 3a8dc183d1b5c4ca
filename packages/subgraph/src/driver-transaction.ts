import type { SqlDriverAdapter, SqlQuery, SqlResultSet, Transaction } from '@prisma/driver-adapter-utils';
import { fail, statement, transactionError } from './driver-statements.ts';

/** A transaction of the driver's, from when it has begun until it is committed or rolled back. */
export type DriverTransaction = {
  /** Refused, as everything is, once it is over. Asked one after the other, for a connection does one thing at a time. */
  query(query: SqlQuery): Promise<SqlResultSet>;
  execute(query: SqlQuery): Promise<number>;
  /** Throws when it is over, and when the database refuses: then nothing of it is done. */
  commit(): Promise<void>;
  /** Nothing of it is done. Never throws: what cannot be asked for any more is undone by the connection's end. */
  rollback(): Promise<void>;
  /** For Prisma, to ask in it, too: neither commits nor ends it. */
  readonly shared: Transaction;
};

type Limits = { readonly maxWait: number; readonly timeout: number };

/** Begins one, or throws: after `maxWait` ms without a connection, and whatever the driver throws. After `timeout` ms it is rolled back. */
export const beginTransaction = async (
  driver: SqlDriverAdapter,
  { maxWait, timeout }: Limits,
): Promise<DriverTransaction> => {
  const transaction = await startWithin(driver, maxWait);
  const turn = inTurn();
  let over: string | null = null;
  const refuse = (what: string) =>
    transactionError(`Transaction already closed: A ${what} cannot be executed on ${over}.`);
  const ask = <Result>(work: () => Promise<Result>): Promise<Result> =>
    turn(() => {
      if (over !== null) throw refuse('query');
      return work();
    });
  const end = (how: string) => {
    over = how;
    clearTimeout(expiry);
  };
  const undo = () => turn(() => rollBack(transaction));
  const expiry = setTimeout(() => {
    over = 'an expired transaction';
    void undo();
  }, timeout);
  const query = (asked: SqlQuery) => ask(() => transaction.queryRaw(asked));
  const execute = (asked: SqlQuery) => ask(() => transaction.executeRaw(asked));
  return {
    query,
    execute,
    commit: async () => {
      if (over !== null) throw refuse('commit');
      end('a committed transaction');
      await turn(() => commit(transaction));
    },
    rollback: async () => {
      if (over !== null) return;
      end('a transaction that was rolled back');
      await undo();
    },
    shared: shareOf(transaction, query, execute),
  };
};

/** A connection that comes too late goes back at once. */
const startWithin = async (driver: SqlDriverAdapter, maxWait: number): Promise<Transaction> => {
  const started = driver.startTransaction();
  let tooLate: NodeJS.Timeout | undefined;
  const patience = new Promise<null>((resolve) => {
    tooLate = setTimeout(resolve, maxWait, null);
  });
  const transaction = await Promise.race([started, patience]).finally(() => clearTimeout(tooLate));
  if (transaction) return transaction;
  void started.then(rollBack, () => undefined);
  throw transactionError('Unable to start a transaction in the given time.');
};

const commit = async (transaction: Transaction): Promise<void> => {
  try {
    await transaction.executeRaw(statement('COMMIT'));
  } catch (error) {
    await transaction.rollback().catch(() => undefined);
    fail(error);
  }
  await transaction.commit();
};

const rollBack = async (transaction: Transaction): Promise<void> => {
  await transaction.executeRaw(statement('ROLLBACK')).catch(() => undefined);
  await transaction.rollback().catch(() => undefined);
};

const inTurn = () => {
  let last: Promise<unknown> = Promise.resolve();
  return <Result>(work: () => Promise<Result> | Result): Promise<Result> => {
    const turn = last.then(work, work);
    last = turn;
    return turn;
  };
};

const ends = new Set(['COMMIT', 'ROLLBACK']);

const shareOf = (
  { provider, adapterName, options }: Transaction,
  query: DriverTransaction['query'],
  execute: DriverTransaction['execute'],
): Transaction => ({
  provider,
  adapterName,
  options,
  queryRaw: query,
  executeRaw: async (asked) => (ends.has(asked.sql) ? 0 : execute(asked)),
  commit: async () => undefined,
  rollback: async () => undefined,
});
