import { testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KeyedReads, openKeyedReads } from './keyed-reads.ts';

let keyed: KeyedReads;
beforeAll(async () => {
  const { adminUrl } = await testDatabase('orders', { migrated: false });
  keyed = openKeyedReads(adminUrl, 'public', null, 1);
});
afterAll(() => keyed.close());

describe('reads by key', () => {
  it('give integers of eight bytes and moments as they are', async () => {
    const [row] = await keyed.rows({
      text: 'SELECT $1::bigint AS large, $2::timestamptz AS at, 1 AS small',
      values: ['9007199254740993', '2026-01-31T09:30:00Z'],
    });
    expect(row).toEqual({ large: 9007199254740993n, at: new Date('2026-01-31T09:30:00Z'), small: 1 });
  });

  it('are planned once, whatever is asked for', async () => {
    const text = 'SELECT relname FROM pg_class WHERE oid = ANY($1::oid[])';
    for (const keys of [['1259'], ['1259', '1249'], []]) await keyed.rows({ text, values: [keys] });
    const plans = await keyed.rows({
      text: 'SELECT generic_plans::int AS once, custom_plans::int AS afresh FROM pg_prepared_statements WHERE statement = $1',
      values: [text],
    });
    expect(plans).toEqual([{ once: 3, afresh: 0 }]);
  });

  it('go on after their connection broke', async () => {
    const [{ pid } = { pid: 0 }] = await keyed.rows<{ pid: number }>({
      text: 'SELECT pg_backend_pid() AS pid',
      values: [],
    });
    await expect(keyed.rows({ text: 'SELECT pg_terminate_backend($1)', values: [pid] })).rejects.toThrow();
    await expect(keyed.rows({ text: 'SELECT 1 AS one', values: [] })).resolves.toEqual([{ one: 1 }]);
  });
});
