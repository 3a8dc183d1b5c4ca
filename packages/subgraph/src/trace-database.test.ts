import { describe, expect, it } from 'vitest';
import { summaryOf } from './trace-database.ts';

describe('a statement in a trace', () => {
  it.each([
    ['SELECT "orders"."carts"."id" FROM "orders"."carts" WHERE "orders"."carts"."id" = $1', 'SELECT carts'],
    ['INSERT INTO outbox (id) SELECT unnest($1::text[])', 'INSERT outbox'],
    ['\n  update stock SET available = 1', 'UPDATE stock'],
    ['DELETE FROM "public"."a"', 'DELETE a'],
    ['SELECT now() AS now', 'SELECT'],
    ['COMMIT', 'COMMIT'],
    ['', 'QUERY'],
  ])('%s', (sql, summary) => expect(summaryOf(sql)).toBe(summary));
});
