import { ColumnTypeEnum, DriverAdapterError, type SqlQuery } from '@prisma/driver-adapter-utils';
import type { MigrationAdapters } from './migration-adapter.ts';

const refuse = (): Promise<never> =>
  Promise.reject(new DriverAdapterError({ kind: 'DatabaseNotReachable', host: 'none given', port: 0 }));

/** The engine asks for the server's version even when it is only to compare files; any recent one will do. */
const greeting = {
  columnNames: ['exists', 'version', 'numeric_version'],
  columnTypes: [ColumnTypeEnum.Boolean, ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
  rows: [[true, 'PostgreSQL 18.4', 180_004]],
};

const adapter = {
  provider: 'postgres' as const,
  adapterName: '@prisma/adapter-pg',
  queryRaw: ({ sql }: SqlQuery) =>
    sql.includes('server_version_num') ? Promise.resolve(greeting) : refuse(),
  executeRaw: refuse,
  executeScript: refuse,
  startTransaction: refuse,
  getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: true }),
  dispose: () => Promise.resolve(),
};

/** Adapters for commands that compare schema files and touch no database; anything more is refused. */
export const noDatabase = (): MigrationAdapters => ({
  factory: {
    provider: 'postgres',
    adapterName: adapter.adapterName,
    connect: () => Promise.resolve(adapter),
    connectToShadowDb: refuse,
  },
  dispose: () => Promise.resolve(),
});
