/** What screens read, compared with what the events make of it. */
import type { OrderId } from '../../application/ports.ts';
import type { Tx } from '../database.ts';
import { type Twin, twins } from './rebuilt-tables.ts';

/** A value that is shown and is not what the events say; null for a row or value that is not there. */
export type Difference = {
  readonly orderId: OrderId;
  readonly table: string;
  readonly column: string;
  readonly live: string | null;
  readonly rebuilt: string | null;
};

const joined = ({ live, rebuilt, key }: Twin, only = 'true'): string => {
  const on = key.map((column) => `shown.${column} = made.${column}`).join(' AND ');
  return `(SELECT * FROM ${live} WHERE ${only}) AS shown
    FULL JOIN (SELECT * FROM ${rebuilt} WHERE ${only}) AS made ON ${on}`;
};

/**
 * Notes the orders that differ at this moment. While orders move some may only seem to: their histories went on.
 */
export const noteSuspects = async (tx: Tx): Promise<void> => {
  for (const twin of twins) {
    await tx.$executeRawUnsafe(`
      INSERT INTO rebuilt_suspects
      SELECT DISTINCT coalesce(each.order_id, '') FROM ${joined(twin)},
        LATERAL (VALUES (shown.${twin.order}), (made.${twin.order})) AS each (order_id)
      WHERE to_jsonb(shown) IS DISTINCT FROM to_jsonb(made) AND each.order_id IS NOT NULL
      ON CONFLICT DO NOTHING`);
  }
};

export const addSuspects = async (tx: Tx, ids: readonly OrderId[]): Promise<void> => {
  await tx.$executeRaw`INSERT INTO rebuilt_suspects SELECT unnest(${ids}::text[]) ON CONFLICT DO NOTHING`;
};

/** The differences of the suspects, column by column, the first of them; exact while nothing moves. */
export const readDifferences = async (tx: Tx, limit: number): Promise<readonly Difference[]> => {
  const found: Difference[] = [];
  for (const twin of twins) {
    const suspects = `${twin.order} IN (SELECT order_id FROM rebuilt_suspects)`;
    found.push(
      ...(await tx.$queryRawUnsafe<Difference[]>(
        `SELECT coalesce(made.${twin.order}, shown.${twin.order}) AS "orderId", '${twin.live}' AS table,
          "column"."name" AS "column", to_jsonb(shown) ->> "column"."name" AS live, to_jsonb(made) ->> "column"."name" AS rebuilt
        FROM ${joined(twin, suspects)},
          LATERAL jsonb_object_keys(coalesce(to_jsonb(made), to_jsonb(shown))) AS "column" ("name")
        WHERE to_jsonb(shown) -> "column"."name" IS DISTINCT FROM to_jsonb(made) -> "column"."name"
        ORDER BY 1, 3 LIMIT $1`,
        limit - found.length,
      )),
    );
  }
  return found;
};

/** How many orders differ. */
export const countDifferent = async (tx: Tx): Promise<number> => {
  const each = twins.map(
    (twin) => `SELECT coalesce(made.${twin.order}, shown.${twin.order})
      FROM ${joined(twin, `${twin.order} IN (SELECT order_id FROM rebuilt_suspects)`)}
      WHERE to_jsonb(shown) IS DISTINCT FROM to_jsonb(made)`,
  );
  const [row] = await tx.$queryRawUnsafe<{ count: number }[]>(
    `SELECT count(*)::integer AS count FROM (${each.join(' UNION ')}) AS different`,
  );
  return row?.count ?? 0;
};
