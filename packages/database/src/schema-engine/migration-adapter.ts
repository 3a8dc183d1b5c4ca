/** Prisma's Postgres driver adapter, mended in the four places where schema migrations need more than queries do. */
import { PrismaPg } from '@prisma/adapter-pg';
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { withClient } from '../connect.ts';
import { identifier } from '../sql-text.ts';
import { inDatabase } from '../urls.ts';

/** Postgres' internal one-letter type of catalogue columns, which the adapter cannot read. */
const charOid = 18;
const textOid = 25;

/** Which columns of a result were of that type, by the result's rows. */
type CharColumns = WeakMap<object, number[]>;

const relabelChars = (result: pg.QueryArrayResult, charColumns: CharColumns): void => {
  const indices = (result.fields ?? []).flatMap((field, index) =>
    field.dataTypeID === charOid ? [index] : [],
  );
  for (const index of indices) {
    const field = result.fields[index];
    if (field) field.dataTypeID = textOid;
  }
  if (indices.length > 0) charColumns.set(result.rows, indices);
};

const catalogPool = (config: pg.PoolConfig, charColumns: CharColumns): pg.Pool => {
  const pool = new pg.Pool(config);
  const query = pool.query.bind(pool) as (query: unknown) => Promise<pg.QueryArrayResult>;
  return Object.assign(pool, {
    query: async (text: unknown) => {
      const result = await query(text);
      relabelChars(result, charColumns);
      return result;
    },
  });
};

const mend = <Adapter extends SqlDriverAdapter>(adapter: Adapter, charColumns: CharColumns): Adapter => {
  const queryRaw = adapter.queryRaw.bind(adapter);
  return Object.assign(adapter, {
    async queryRaw(query: SqlQuery): Promise<SqlResultSet> {
      const result = await queryRaw(query);
      for (const index of charColumns.get(result.rows) ?? []) {
        result.columnTypes[index] = ColumnTypeEnum.Character;
      }
      return result;
    },
    // The adapter's own splits at each semicolon, which breaks functions and DO blocks.
    async executeScript(script: string): Promise<void> {
      await adapter.executeRaw({ sql: script, args: [], argTypes: [] });
    },
  });
};

/** A factory for the schema engine, and how to close what it opened. */
export type MigrationAdapters = {
  factory: SqlMigrationAwareDriverAdapterFactory;
  dispose(): Promise<void>;
};

const splitSchema = (databaseUrl: string): { url: string; schema: string } => {
  const url = new URL(databaseUrl);
  const schema = url.searchParams.get('schema') ?? 'public';
  for (const prismaOnly of ['schema', 'connection_limit', 'pool_timeout', 'connect_timeout', 'pgbouncer']) {
    url.searchParams.delete(prismaOnly);
  }
  return { url: url.toString(), schema };
};

/** Adapters for the database and the schema (`?schema=`) that the URL names. */
export const migrationAdapters = (databaseUrl: string): MigrationAdapters => {
  const { url, schema } = splitSchema(databaseUrl);
  const charColumns: CharColumns = new WeakMap();
  const opened: SqlDriverAdapter[] = [];

  const open = async (target: string) => {
    const options = `-c search_path=${identifier(schema)}`;
    const pool = catalogPool({ connectionString: target, options, max: 1 }, charColumns);
    const prisma = new PrismaPg(pool, { schema, disposeExternalPool: true });
    return mend(await prisma.connect(), charColumns);
  };

  const connect = async (): Promise<SqlDriverAdapter> => {
    const adapter = await open(url);
    opened.push(adapter);
    return adapter;
  };

  // The adapter's own drops the database before it closes its pool, which fails, and lacks the schema's name.
  const connectToShadowDb = async (): Promise<SqlDriverAdapter> => {
    const database = `prisma_migrate_shadow_db_${crypto.randomUUID()}`;
    const onServer = (sql: string) => withClient(url, (client) => client.query(sql));
    await onServer(`CREATE DATABASE ${identifier(database)}`);
    const shadow = await open(inDatabase(url, database));
    await shadow.executeScript(`CREATE SCHEMA IF NOT EXISTS ${identifier(schema)}`);
    const close = shadow.dispose.bind(shadow);
    return Object.assign(shadow, {
      async dispose() {
        await close();
        await onServer(`DROP DATABASE IF EXISTS ${identifier(database)} WITH (FORCE)`);
      },
    });
  };

  return {
    factory: { provider: 'postgres', adapterName: '@prisma/adapter-pg', connect, connectToShadowDb },
    dispose: async () => {
      await Promise.all(opened.map((adapter) => adapter.dispose()));
    },
  };
};
