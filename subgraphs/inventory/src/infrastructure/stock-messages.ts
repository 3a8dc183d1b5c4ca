import { stockChanged } from '@emporium/contracts';
import type { Instant } from '@emporium/domain';
import { appendToOutbox, outgoing } from '@emporium/messaging';
import type { VariantId } from '../domain/ids.ts';
import type { Prisma } from './generated/client.ts';

/** A variant's stock after a change. */
type ChangedStock = {
  readonly variantId: VariantId;
  readonly available: number;
  readonly version: number;
};

/** Tells the others what is available now of variants whose stock is held: one message per variant. */
export const tellOfStock = async (
  tx: Prisma.TransactionClient,
  variantIds: readonly VariantId[],
  occurredAt: Instant,
): Promise<void> => {
  const changed = await tx.$queryRaw<ChangedStock[]>`
    UPDATE stock SET version = version + 1
    FROM (
      SELECT variant_id, coalesce(sum(available) FILTER (WHERE active), 0)::integer AS available
      FROM stock_levels JOIN locations ON locations.id = location_id
      WHERE variant_id = ANY(${variantIds}) GROUP BY variant_id
    ) AS total
    WHERE stock.variant_id = total.variant_id
    RETURNING stock.variant_id AS "variantId", total.available, version`;
  await appendToOutbox(
    tx,
    changed.map((stock) => outgoing(stockChanged, stock, { aggregateId: stock.variantId, occurredAt })),
  );
};
