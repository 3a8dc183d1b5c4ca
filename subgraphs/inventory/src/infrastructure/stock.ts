import type { Instant } from '@emporium/domain';
import { appendToOutbox } from '@emporium/messaging';
import { KeyTakenError, type Movement, type Stock } from '../application/ports.ts';
import type { AdjustableStock, Adjustment } from '../domain/adjustment.ts';
import type { VariantId } from '../domain/ids.ts';
import type { Prisma } from './generated/client.ts';
import { type ChangedStock, stockChangedMessages } from './stock-messages.ts';

/** Stock within a transaction. Whoever changes it locks it first, in variant order: so nobody waits in a circle. */
export const createStock = (tx: Prisma.TransactionClient): Stock => ({
  lockAvailable: async (variantIds) => {
    const rows = await tx.$queryRaw<{ variantId: VariantId; available: number }[]>`
      SELECT variant_id AS "variantId", available FROM stock
      WHERE variant_id = ANY(${variantIds}) ORDER BY variant_id FOR UPDATE`;
    return new Map(rows.map(({ variantId, available }) => [variantId, available]));
  },

  lockForAdjustment: async (actorId, variantIds, keys) => {
    const stock = await tx.$queryRaw<(AdjustableStock & { variantId: VariantId })[]>`
      SELECT variant_id AS "variantId", seller_id AS "sellerId", COALESCE(sellers.active, TRUE) AS "maySell",
        available, received
      FROM stock JOIN variants ON variants.id = stock.variant_id LEFT JOIN sellers ON sellers.id = seller_id
      WHERE variant_id = ANY(${variantIds}) ORDER BY variant_id FOR UPDATE OF stock`;
    const earlier = await tx.$queryRaw<Adjustment[]>`
      SELECT variant_id AS "variantId", kind, delta, reason, idempotency_key AS "idempotencyKey"
      FROM movements WHERE actor_id = ${actorId} AND idempotency_key = ANY(${keys})`;
    return {
      stock: new Map(stock.map((row) => [row.variantId, row])),
      earlier: new Map(earlier.map((row) => [row.idempotencyKey, row])),
    };
  },

  record: async (actorId, movements, at) => {
    await insertMovements(tx, actorId, movements, at);
    const changed = await tx.$queryRaw<ChangedStock[]>`
      SELECT variant_id AS "variantId", available, version FROM stock
      WHERE variant_id = ANY(${movements.map(({ variantId }) => variantId)}) ORDER BY variant_id`;
    await appendToOutbox(tx, stockChangedMessages(changed, at));
  },
});

/** The table's trigger changes the stock. */
const insertMovements = async (
  tx: Prisma.TransactionClient,
  actorId: string,
  movements: readonly Movement[],
  at: Instant,
): Promise<void> => {
  const inserted = await tx.$executeRaw`
    INSERT INTO movements (id, variant_id, kind, delta, reason, actor_id, idempotency_key, at)
    SELECT id, variant_id, kind::movement_kind, delta, reason, ${actorId}, idempotency_key, ${at}::timestamptz
    FROM unnest(
      ${movements.map(({ id }) => id)}::text[], ${movements.map(({ variantId }) => variantId)}::text[],
      ${movements.map(({ kind }) => kind)}::text[], ${movements.map(({ delta }) => delta)}::integer[],
      ${movements.map(({ reason }) => reason)}::text[],
      ${movements.map(({ idempotencyKey }) => idempotencyKey)}::text[]
    ) AS moved (id, variant_id, kind, delta, reason, idempotency_key)
    ORDER BY idempotency_key
    ON CONFLICT (actor_id, idempotency_key) DO NOTHING`;
  if (inserted < movements.length) throw new KeyTakenError();
};
