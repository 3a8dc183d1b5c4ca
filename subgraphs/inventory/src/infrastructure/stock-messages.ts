import { availabilityChanged, stockChanged, stockLow } from '@emporium/contracts';
import type { Instant } from '@emporium/domain';
import { appendToOutbox, outgoing } from '@emporium/messaging';
import type { Availability } from '../application/ports.ts';
import type { UserId, VariantId } from '../domain/ids.ts';
import { fillBackorders } from './backorders.ts';
import type { Prisma } from './generated/client.ts';

/** A variant's stock after a change; `fell` when that took it below its threshold, `turned` into or out of stock. */
type ChangedStock = {
  readonly variantId: VariantId;
  readonly sellerId: UserId;
  readonly available: number;
  readonly version: number;
  readonly threshold: number | null;
  readonly fell: boolean;
  readonly turned: boolean;
};

/**
 * Tells the others what is available now of variants whose stock is held, and whose is low since this change. What came
 * belongs to those who wait for it first: everything that may make more available ends here.
 */
export const tellOfStock = async (
  tx: Prisma.TransactionClient,
  variantIds: readonly VariantId[],
  occurredAt: Instant,
): Promise<void> => {
  await fillBackorders(tx, variantIds, occurredAt);
  const changed = await tx.$queryRaw<ChangedStock[]>`
    WITH total AS (
      SELECT stock.variant_id, variants.seller_id, is_low AS was_low, in_stock AS was_in_stock,
        coalesce(sum(available) FILTER (WHERE locations.active), 0)::integer AS available
      FROM stock JOIN variants ON variants.id = stock.variant_id
      LEFT JOIN stock_levels ON stock_levels.variant_id = stock.variant_id
      LEFT JOIN locations ON locations.id = location_id
      WHERE stock.variant_id = ANY(${variantIds}) GROUP BY stock.variant_id, variants.id
    )
    UPDATE stock SET version = version + 1, is_low = coalesce(total.available < low_stock_threshold, FALSE),
      in_stock = total.available > 0
    FROM total WHERE stock.variant_id = total.variant_id
    RETURNING stock.variant_id AS "variantId", seller_id AS "sellerId", total.available, version,
      low_stock_threshold AS threshold, is_low AND NOT was_low AS fell,
      in_stock <> was_in_stock AS turned`;
  const turned = changed
    .filter((stock) => stock.turned)
    .map(({ variantId, available, version }) => ({ variantId, inStock: available > 0, version }));
  await appendToOutbox(tx, [
    ...changed.flatMap((stock) => messagesOf(stock, occurredAt)),
    ...availabilityMessages(turned, occurredAt),
  ]);
};

const mostVariants = 500;

/** Whether variants can be ordered, as messages of as many as one may hold. What decides between two of them is the version. */
export const availabilityMessages = (variants: readonly Availability[], occurredAt: Instant) =>
  Array.from({ length: Math.ceil(variants.length / mostVariants) }, (_, index) => {
    const told = variants.slice(index * mostVariants, (index + 1) * mostVariants);
    return outgoing(
      availabilityChanged,
      { variants: told },
      { aggregateId: told[0]?.variantId ?? '', occurredAt },
    );
  });

const messagesOf = ({ fell, threshold, ...stock }: ChangedStock, occurredAt: Instant) => {
  const { variantId, sellerId, available, version } = stock;
  const about = { aggregateId: variantId, occurredAt };
  const changed = outgoing(stockChanged, { variantId, available, version }, about);
  if (!fell || threshold === null) return [changed];
  return [changed, outgoing(stockLow, { variantId, sellerId, available, threshold }, about)];
};
