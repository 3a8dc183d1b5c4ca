import { withCause } from '@emporium/messaging';
import { testDatabase, testTracer } from '@emporium/testing';
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { postgresAdapter } from './postgres.ts';
import { traceDatabase } from './trace-database.ts';

const asked = `00-${'b'.repeat(32)}-${'c'.repeat(16)}-01`;
const tracer = testTracer();
let database: SqlDriverAdapter;
beforeAll(async () => {
  const { adminUrl } = await testDatabase('orders', { migrated: false });
  database = await traceDatabase(postgresAdapter(adminUrl, 'public'), tracer).connect();
  await database.executeScript('CREATE TABLE boxes (id text PRIMARY KEY)');
});
afterAll(() => database.dispose());
beforeEach(() => {
  tracer.spans.length = 0;
});

const statement = (sql: string, ...args: string[]) => ({
  sql,
  args,
  argTypes: args.map(() => ({ scalarType: 'string', arity: 'scalar' }) as const),
});
const insert = (id: string) => statement('INSERT INTO boxes (id) VALUES ($1)', id);
const count = statement('SELECT count(*) FROM boxes');

describe('a database in a trace', () => {
  it('has a span for each query, without its values', async () => {
    await withCause({ traceparent: asked }, () => database.executeRaw(insert('secret')));
    expect(tracer.spans).toMatchObject([{ name: 'INSERT boxes', parent: asked, ended: true }]);
    expect(JSON.stringify(tracer.spans)).not.toContain('secret');
  });

  it('has a span for a transaction, above those of its queries', async () => {
    await withCause({ traceparent: asked }, async () => {
      const transaction = await database.startTransaction();
      await transaction.executeRaw(insert('in a transaction'));
      await transaction.executeRaw(statement('COMMIT'));
      await transaction.commit();
    });
    const [transaction, ...queries] = tracer.spans;
    expect(transaction).toMatchObject({ name: 'transaction', parent: asked, ended: true });
    expect(transaction?.failure).toBeUndefined();
    expect(queries.map(({ name, parent }) => [name, parent])).toEqual([
      ['INSERT boxes', transaction?.traceparent],
      ['COMMIT', transaction?.traceparent],
    ]);
  });

  it('says what failed and what was rolled back', async () => {
    await withCause({ traceparent: asked }, async () => {
      const transaction = await database.startTransaction();
      await transaction.executeRaw(insert('twice'));
      await expect(transaction.executeRaw(insert('twice'))).rejects.toThrow();
      await transaction.executeRaw(statement('ROLLBACK'));
      await transaction.rollback();
    });
    const failures = tracer.spans.map(({ name, failure }) => [name, failure]);
    expect(failures).toEqual([
      ['transaction', 'rolled back'],
      ['INSERT boxes', undefined],
      ['INSERT boxes', 'DriverAdapterError'],
      ['ROLLBACK', undefined],
    ]);
  });

  it('leaves no trace of what nobody asked for', async () => {
    await database.queryRaw(count);
    const transaction = await database.startTransaction();
    await transaction.queryRaw(count);
    await transaction.rollback();
    expect(tracer.spans).toEqual([]);
  });
});
