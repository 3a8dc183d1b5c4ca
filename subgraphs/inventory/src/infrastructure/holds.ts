import { asInstant } from '@emporium/domain';
import type { FindDueHolds, Holds } from '../application/ports.ts';
import type { Hold, HoldState } from '../domain/hold.ts';
import type { HoldId } from '../domain/ids.ts';
import { Prisma, type PrismaClient } from './generated/client.ts';
import { setAside } from './set-aside.ts';
import { lockStock } from './stock.ts';
import { tellOfStock } from './stock-messages.ts';

type Tx = Prisma.TransactionClient;
type Row = Omit<Hold, 'expiresAt'> & { readonly expiresAt: Date };

const columns = Prisma.sql`
  id, holder_id AS "holderId", variant_id AS "variantId", quantity, state::text, expires_at AS "expiresAt"`;

const toHold = (row: Row): Hold => ({ ...row, expiresAt: asInstant(row.expiresAt.toISOString()) });

/** Holds within a transaction. Whoever ends one has locked its variant's stock: so it is ended once. */
export const createHolds = (tx: Tx): Holds => ({
  lockHolder: async (holderId, key) => {
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`holds of ${holderId}`}, 0))::text`;
    const [earlier] = await tx.$queryRaw<Row[]>`
      SELECT ${columns} FROM holds WHERE holder_id = ${holderId} AND idempotency_key = ${key}`;
    const [active] = await tx.$queryRaw<{ count: number }[]>`
      SELECT count(*)::integer AS count FROM holds WHERE holder_id = ${holderId} AND state = 'ACTIVE'`;
    return { earlier: earlier ? toHold(earlier) : null, active: active?.count ?? 0 };
  },

  find: async (holdId) => {
    const [row] = await tx.$queryRaw<Row[]>`SELECT ${columns} FROM holds WHERE id = ${holdId}`;
    return row ? toHold(row) : null;
  },

  create: async ({ id, holderId, variantId, quantity, idempotencyKey, allocations, seconds }, at) => {
    await setAside(
      tx,
      allocations.map((allocation) => ({ ...allocation, variantId })),
    );
    const [row] = await tx.$queryRaw<Row[]>`
      INSERT INTO holds (id, holder_id, idempotency_key, variant_id, quantity, expires_at)
      VALUES (${id}, ${holderId}, ${idempotencyKey}, ${variantId}, ${quantity},
        clock_timestamp() + make_interval(secs => ${seconds}))
      RETURNING ${columns}`;
    if (!row) throw new Error(`hold ${id} was not written`);
    await tx.$executeRaw`
      INSERT INTO hold_allocations (hold_id, variant_id, location_id, quantity)
      SELECT ${id}, ${variantId}, * FROM unnest(
        ${allocations.map(({ locationId }) => locationId)}::text[],
        ${allocations.map((allocation) => allocation.quantity)}::integer[])`;
    await tellOfStock(tx, [variantId], at);
    return toHold(row);
  },

  end: async ({ id, variantId }, state, at) => {
    await lockStock(tx, [variantId]);
    const ended = await tx.$queryRaw<{ id: HoldId }[]>`
      UPDATE holds SET state = ${state}::hold_state
      WHERE id = ${id} AND state = 'ACTIVE' AND (${state} <> 'EXPIRED' OR expires_at <= clock_timestamp())
      RETURNING id`;
    if (ended.length === 0) return;
    await giveBack(tx, ended);
    await tellOfStock(tx, [variantId], at);
  },

  handOver: async (held) => {
    if (held.length === 0) return;
    const ordered: HoldState = 'ORDERED';
    const ended = await tx.$queryRaw<{ id: HoldId }[]>`
      UPDATE holds SET state = ${ordered}::hold_state
      FROM (
        SELECT DISTINCT * FROM unnest(
          ${held.map(({ holderId }) => holderId)}::text[], ${held.map(({ variantId }) => variantId)}::text[]
        ) AS held (holder_id, variant_id)
      ) AS handed
      WHERE holds.holder_id = handed.holder_id AND holds.variant_id = handed.variant_id AND state = 'ACTIVE'
      RETURNING id`;
    await giveBack(tx, ended);
  },
});

/** To where they were taken; several holds may have taken from one place. */
const giveBack = (tx: Tx, holds: readonly { readonly id: HoldId }[]) => tx.$executeRaw`
  UPDATE stock_levels AS level
  SET reserved = reserved - taken.quantity, available = available + taken.quantity
  FROM (
    SELECT variant_id, location_id, sum(quantity)::integer AS quantity FROM hold_allocations
    WHERE hold_id = ANY(${holds.map(({ id }) => id)}) GROUP BY 1, 2
  ) AS taken
  WHERE level.variant_id = taken.variant_id AND level.location_id = taken.location_id`;

/** Those whose time is over by the database's clock, longest first. */
export const createFindDueHolds =
  (prisma: PrismaClient): FindDueHolds =>
  async (limit) => {
    const rows = await prisma.$queryRaw<Row[]>`
      SELECT ${columns} FROM holds
      WHERE state = 'ACTIVE' AND expires_at <= clock_timestamp() ORDER BY expires_at LIMIT ${limit}`;
    return rows.map(toHold);
  };
