import type {
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQuery,
  SqlQueryable,
  Transaction,
} from '@prisma/driver-adapter-utils';
import type { Crash } from './operations.ts';

/** What ends the work of a client that crashes here; the database may know more than it. */
export class Crashed extends Error {
  override readonly name = 'Crashed';
}

/** A Prisma adapter that crashes at a statement that can be chosen, `COMMIT` being one. */
export const createCrashes = () => {
  let armed: Crash | null = null;
  let statements = 0;
  let happened = false;

  /** Whether it is this one. */
  const isDue = (): Crash | null => {
    statements += 1;
    if (armed?.at !== statements) return null;
    happened = true;
    return armed;
  };
  const kill = async (queryable: SqlQueryable): Promise<never> => {
    const sql = 'SELECT pg_terminate_backend(pg_backend_pid())';
    await queryable.queryRaw({ sql, args: [], argTypes: [] }).catch(() => undefined);
    throw new Crashed('the connection was killed');
  };
  const guard = <Result>(queryable: SqlQueryable, run: () => Promise<Result>): Promise<Result> => {
    const crash = isDue();
    if (!crash) return run();
    if (crash.how === 'KILL') return kill(queryable);
    if (crash.how === 'ABORT') return Promise.reject(new Crashed('before a statement'));
    return run().then(() => Promise.reject(new Crashed('after a statement')));
  };
  const queries = (queryable: SqlQueryable): Pick<SqlQueryable, 'queryRaw' | 'executeRaw'> => ({
    queryRaw: (query: SqlQuery) => guard(queryable, () => queryable.queryRaw(query)),
    executeRaw: (query: SqlQuery) => guard(queryable, () => queryable.executeRaw(query)),
  });
  const transactionOf = (transaction: Transaction): Transaction => ({
    provider: transaction.provider,
    adapterName: transaction.adapterName,
    options: transaction.options,
    ...queries(transaction),
    commit: () =>
      guard(transaction, () => transaction.commit()).catch(async (error: unknown) => {
        // Gives the connection back to the pool; after a commit there is nothing left to undo.
        if (error instanceof Crashed) await transaction.rollback().catch(() => undefined);
        throw error;
      }),
    rollback: () => transaction.rollback(),
  });
  const adapterOf = (adapter: SqlDriverAdapter): SqlDriverAdapter => {
    const info = adapter.getConnectionInfo?.();
    return {
      provider: adapter.provider,
      adapterName: adapter.adapterName,
      ...queries(adapter),
      executeScript: (script) => adapter.executeScript(script),
      startTransaction: async (isolation) => transactionOf(await adapter.startTransaction(isolation)),
      ...(info && { getConnectionInfo: () => info }),
      dispose: () => adapter.dispose(),
    };
  };

  return {
    wrap: (factory: SqlDriverAdapterFactory): SqlDriverAdapterFactory => ({
      provider: factory.provider,
      adapterName: factory.adapterName,
      connect: async () => adapterOf(await factory.connect()),
    }),
    /** Whether the crash happened while the work was under way. */
    during: async (crash: Crash | null, work: () => Promise<void>): Promise<'DONE' | 'CRASHED'> => {
      [armed, statements, happened] = [crash, 0, false];
      try {
        await work();
        return happened ? 'CRASHED' : 'DONE';
      } catch (error) {
        if (happened) return 'CRASHED';
        throw error;
      } finally {
        armed = null;
      }
    },
  };
};
