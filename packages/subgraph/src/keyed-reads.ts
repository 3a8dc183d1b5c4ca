import { currentCause } from '@emporium/messaging';
import { type Tracer, untilDone } from '@emporium/telemetry';
import { Pool, type PoolConfig, types } from 'pg';
import { idleTimeoutMillis, plannedOnce } from './postgres.ts';
import { databaseAttributes, summaryOf } from './trace-database.ts';

/** A statement with its values: what `Prisma.sql` makes. */
type Statement = { readonly text: string; readonly values: readonly unknown[] };

/** Reads by key, of what is committed. */
export type KeyedReads = {
  /** Its rows, integers of eight bytes as bigint and timestamps as Date. Throws the driver's errors. */
  rows<Row extends object>(statement: Statement): Promise<Row[]>;
  close(): Promise<void>;
};

const patienceMs = 5_000;

const parsers: NonNullable<PoolConfig['types']> = {
  getTypeParser: (oid, format) =>
    oid === types.builtins.INT8 ? BigInt : types.getTypeParser(oid, format as 'text'),
};

/**
 * For the few reads that nearly every page asks for: past Prisma, and planned once per connection, since a read by key has
 * one good plan whatever the keys are. Each text is named for good, so it must not be made of what somebody asked for.
 */
export const openKeyedReads = (
  connectionString: string,
  schema: string,
  tracer: Tracer | null = null,
  max = 5,
): KeyedReads => {
  const pool = new Pool({
    connectionString,
    max,
    connectionTimeoutMillis: patienceMs,
    idleTimeoutMillis,
    options: `-c search_path=${schema} ${plannedOnce}`,
    types: parsers,
  });
  // A connection that breaks while nobody uses it leaves the pool; the next read opens another.
  pool.on('error', () => undefined);
  const names = new Map<string, string>();
  const nameOf = (text: string): string => {
    const known = names.get(text) ?? `k${names.size}`;
    names.set(text, known);
    return known;
  };
  return {
    rows: async <Row extends object>({ text, values }: Statement): Promise<Row[]> => {
      const asked = pool.query<Row>({ name: nameOf(text), text, values: [...values] });
      const parent = currentCause().traceparent;
      if (!tracer || parent === undefined) return (await asked).rows;
      const span = tracer.start(summaryOf(text), {
        kind: 'client',
        parent,
        attributes: databaseAttributes,
      });
      return (await untilDone(span, asked)).rows;
    },
    close: () => pool.end(),
  };
};
