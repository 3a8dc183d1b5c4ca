import type { Sql } from '@prisma/client/runtime/client';
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import { rowsOf } from './driver-rows.ts';
import { fail, statement, statementOf } from './driver-statements.ts';
import { beginTransaction, type DriverTransaction } from './driver-transaction.ts';
import { beginning, isDisposed } from './straight-to-driver.ts';

type Limits = { readonly maxWait?: number; readonly timeout?: number };

/** What of a Prisma client opens transactions. */
type Opens<Tx> = {
  $transaction<Result>(work: (tx: Tx) => Promise<Result>, limits?: Limits): Promise<Result>;
};

/** Prisma's own. */
const defaults = { maxWait: 2_000, timeout: 5_000 };

/** By client; its first transaction is Prisma's alone, and tells. */
const drivers = new WeakMap<object, SqlDriverAdapter>();

/**
 * One transaction, committed when the work resolves and rolled back when it throws. Where the client has an adapter that is
 * `straightToDriver`, it is the driver's: raw statements go there straight, with the answers and errors that Prisma gives, for
 * less processor time, and Prisma joins it when a model is asked for (ADR 119).
 */
export const inTransaction = async <Tx extends object, Result>(
  prisma: Opens<Tx>,
  work: (tx: Tx) => Promise<Result>,
  limits: Limits,
): Promise<Result> => {
  const driver = drivers.get(prisma);
  if (driver && !isDisposed(driver)) return straight(driver, prisma, work, { ...defaults, ...limits });
  const told: { driver?: SqlDriverAdapter } = {};
  const result = await beginning.run(told, () => prisma.$transaction(work, limits));
  if (told.driver) drivers.set(prisma, told.driver);
  return result;
};

const straight = async <Tx extends object, Result>(
  driver: SqlDriverAdapter,
  prisma: Opens<Tx>,
  work: (tx: Tx) => Promise<Result>,
  limits: Required<Limits>,
): Promise<Result> => {
  const transaction = await beginTransaction(driver, limits);
  const models = joining(prisma, transaction, limits);
  try {
    const result = await work(clientOf(transaction, models.join));
    await models.leave();
    await transaction.commit();
    return result;
  } catch (error) {
    await models.leave();
    await transaction.rollback();
    throw error;
  }
};

/** Prisma within a transaction that is not its own, from when the first model is asked for. */
const joining = <Tx>(prisma: Opens<Tx>, { shared }: DriverTransaction, limits: Required<Limits>) => {
  let joined: Promise<Tx> | undefined;
  let left: Promise<unknown> | undefined;
  let leave = () => {};
  const over = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const join = (): Promise<Tx> => {
    joined ??= new Promise((resolve, reject) => {
      const work = (tx: Tx) => {
        resolve(tx);
        return over;
      };
      // Whose transaction it is keeps the time.
      const longer = { ...limits, timeout: 2 * limits.timeout };
      left = beginning.run({ joins: shared }, () => prisma.$transaction(work, longer)).catch(reject);
    });
    return joined;
  };
  return {
    join,
    leave: async () => {
      leave();
      await left;
    },
  };
};

const clientOf = <Tx extends object>(transaction: DriverTransaction, join: () => Promise<Tx>): Tx => {
  const query = async (asked: ReturnType<typeof statement>) =>
    rowsOf(await transaction.query(asked).catch(fail));
  const execute = (asked: ReturnType<typeof statement>) => transaction.execute(asked).catch(fail);
  const raw: Record<string, unknown> = {
    $queryRaw: async (text: TemplateStringsArray | Sql, ...values: readonly unknown[]) =>
      query(statementOf(text, values)),
    $executeRaw: async (text: TemplateStringsArray | Sql, ...values: readonly unknown[]) =>
      execute(statementOf(text, values)),
    $queryRawUnsafe: async (text: string, ...values: readonly unknown[]) => query(statement(text, values)),
    $executeRawUnsafe: async (text: string, ...values: readonly unknown[]) =>
      execute(statement(text, values)),
  };
  return new Proxy({} as Tx, {
    get: (_none, name) =>
      typeof name === 'symbol' || name === 'then' ? undefined : (raw[name] ?? modelOf(join, name)),
  });
};

type Model = Record<string, (...given: readonly unknown[]) => Promise<unknown>>;

const modelOf = (join: () => Promise<object>, name: string): Model =>
  new Proxy({} as Model, {
    get:
      (_none, method: string) =>
      async (...given: readonly unknown[]) =>
        ((await join()) as Record<string, Model>)[name]?.[method]?.(...given),
  });
