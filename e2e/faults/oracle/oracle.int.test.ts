import { type AuditQuery, invariants } from '@emporium/audit';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bareRelations } from './bare-relations.ts';
import { checkTables } from './check-shop.ts';
import { type Plant, planted } from './planted.ts';
import { settledInvariants } from './settled-invariants.ts';

describe('the oracle', () => {
  let client: Client;
  beforeAll(async () => {
    client = await bareRelations();
  });
  afterAll(() => client.end());

  const query: AuditQuery = async <Row extends object>(sql: string) => (await client.query<Row>(sql)).rows;
  const rulesBrokenBy = async (plant: Plant) => {
    await client.query('BEGIN');
    try {
      for (const [relation, rows] of Object.entries(plant)) {
        await client.query(
          `INSERT INTO ${relation} SELECT * FROM jsonb_populate_recordset(NULL::${relation}, $1)`,
          [JSON.stringify(rows)],
        );
      }
      return (await checkTables(query)).map(({ rule }) => rule);
    } finally {
      await client.query('ROLLBACK');
    }
  };

  it('finds nothing where nothing is', async () => expect(await rulesBrokenBy({})).toEqual([]));

  it.each([...invariants, ...settledInvariants].map(({ rule }) => rule))(
    'bites where not: %s',
    async (rule) => {
      const plant = planted[rule];
      if (!plant) throw new Error('Nothing is planted for this rule.');
      for (const each of [plant].flat()) expect(await rulesBrokenBy(each)).toContain(rule);
    },
  );
});
