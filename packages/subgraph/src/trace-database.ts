import { currentCause } from '@emporium/messaging';
import { type Attributes, type Tracer, untilDone } from '@emporium/telemetry';
import type {
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQuery,
  SqlQueryable,
  Transaction,
} from '@prisma/driver-adapter-utils';

/** What spans of statements say of where they run. */
export const databaseAttributes: Attributes = { 'db.system.name': 'postgresql' };

/** What a statement does and to which table: `INSERT outbox`. Neither values nor text of the statement are told. */
export const summaryOf = (sql: string): string => {
  const [verb = 'QUERY'] = /\w+/.exec(sql) ?? [];
  const [, path] = /\b(?:FROM|INTO|UPDATE)\s+([\w."]+)/i.exec(sql) ?? [];
  const table = path?.split('.').at(-1)?.replaceAll('"', '');
  return table ? `${verb.toUpperCase()} ${table}` : verb.toUpperCase();
};

/**
 * A span for each query and each transaction of a Prisma client, under what asked for it. Work that nobody asked for, such
 * as a look at the clock or the queue, leaves none.
 */
export const traceDatabase = (
  factory: SqlDriverAdapterFactory,
  tracer: Tracer | null,
): SqlDriverAdapterFactory => {
  if (!tracer) return factory;
  const { provider, adapterName } = factory;
  return {
    provider,
    adapterName,
    connect: async () => traceAdapter(await factory.connect(), tracer),
  };
};

const traceAdapter = (adapter: SqlDriverAdapter, tracer: Tracer): SqlDriverAdapter => {
  const { provider, adapterName } = adapter;
  const info = adapter.getConnectionInfo?.();
  return {
    provider,
    adapterName,
    ...traceQueries(adapter, tracer, () => currentCause().traceparent),
    executeScript: (script) => adapter.executeScript(script),
    startTransaction: async (isolationLevel) => {
      const parent = currentCause().traceparent;
      const begun = adapter.startTransaction(isolationLevel);
      return parent === undefined ? begun : traceTransaction(begun, tracer, parent);
    },
    ...(info && { getConnectionInfo: () => info }),
    dispose: () => adapter.dispose(),
  };
};

/** The span ends with the transaction, and waiting for a connection is a part of it. */
const traceTransaction = async (
  begun: Promise<Transaction>,
  tracer: Tracer,
  parent: string,
): Promise<Transaction> => {
  const span = tracer.start('transaction', { kind: 'client', parent, attributes: databaseAttributes });
  const transaction = await begun.catch((error: unknown) => {
    span.end(error instanceof Error ? error.name : 'failed');
    throw error;
  });
  const { provider, adapterName, options } = transaction;
  const { createSavepoint, rollbackToSavepoint, releaseSavepoint } = transaction;
  return {
    provider,
    adapterName,
    options,
    ...traceQueries(transaction, tracer, () => span.traceparent),
    commit: () => untilDone(span, transaction.commit()),
    rollback: async () => {
      span.end('rolled back');
      await transaction.rollback();
    },
    ...(createSavepoint && { createSavepoint: createSavepoint.bind(transaction) }),
    ...(rollbackToSavepoint && { rollbackToSavepoint: rollbackToSavepoint.bind(transaction) }),
    ...(releaseSavepoint && { releaseSavepoint: releaseSavepoint.bind(transaction) }),
  };
};

const traceQueries = (
  queryable: SqlQueryable,
  tracer: Tracer,
  parentOf: () => string | undefined,
): Pick<SqlQueryable, 'queryRaw' | 'executeRaw'> => {
  const run = <Result>({ sql }: SqlQuery, sent: Promise<Result>): Promise<Result> => {
    const parent = parentOf();
    if (parent === undefined) return sent;
    return untilDone(
      tracer.start(summaryOf(sql), { kind: 'client', parent, attributes: databaseAttributes }),
      sent,
    );
  };
  return {
    queryRaw: (query) => run(query, queryable.queryRaw(query)),
    executeRaw: (query) => run(query, queryable.executeRaw(query)),
  };
};
