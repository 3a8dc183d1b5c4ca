import { AsyncLocalStorage } from 'node:async_hooks';
import type { SqlDriverAdapter, SqlDriverAdapterFactory, Transaction } from '@prisma/driver-adapter-utils';

/** What Prisma begins a transaction for, beside itself. */
type Beginning = {
  /** To tell which driver its client has. */
  driver?: SqlDriverAdapter;
  /** To be a part of one that runs already. */
  readonly joins?: Transaction;
};

/** Whoever has Prisma begin a transaction says here what for. */
export const beginning = new AsyncLocalStorage<Beginning>();

const disposed = new WeakSet<SqlDriverAdapter>();

/** Whether its connections have been closed. */
export const isDisposed = (driver: SqlDriverAdapter): boolean => disposed.has(driver);

/** Lets `inTransaction` know the driver of a Prisma client that has this adapter. */
export const straightToDriver = (factory: SqlDriverAdapterFactory): SqlDriverAdapterFactory => ({
  provider: factory.provider,
  adapterName: factory.adapterName,
  connect: async () => tellDriver(await factory.connect()),
});

const tellDriver = (driver: SqlDriverAdapter): SqlDriverAdapter => {
  const { provider, adapterName } = driver;
  const info = driver.getConnectionInfo?.();
  return {
    provider,
    adapterName,
    queryRaw: (query) => driver.queryRaw(query),
    executeRaw: (query) => driver.executeRaw(query),
    executeScript: (script) => driver.executeScript(script),
    startTransaction: async (isolationLevel) => {
      const what = beginning.getStore();
      if (what) what.driver ??= driver;
      return what?.joins ?? driver.startTransaction(isolationLevel);
    },
    ...(info && { getConnectionInfo: () => info }),
    dispose: () => {
      disposed.add(driver);
      return driver.dispose();
    },
  };
};
