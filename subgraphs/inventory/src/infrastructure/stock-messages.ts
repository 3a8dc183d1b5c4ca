import { availabilityChanged, stockChanged, stockLow } from '@emporium/contracts';
import type { Instant } from '@emporium/domain';
import {
  appendToOutbox,
  type Cause,
  currentCause,
  type OutgoingMessage,
  outgoing,
  withCause,
} from '@emporium/messaging';
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

/** A variant whose stock changed, and why; of several changes the last one counts. */
export type StockChange = { readonly variantId: VariantId; readonly cause: Cause };

/**
 * Tells the others what is available now of variants whose stock is held, and whose is low since this change. What came
 * belongs to those who wait for it first: everything that may make more available ends here.
 */
export const tellOfStock = async (
  tx: Prisma.TransactionClient,
  variantIds: readonly VariantId[],
  occurredAt: Instant,
): Promise<void> => {
  const cause = currentCause();
  const changes = variantIds.map((variantId) => ({ variantId, cause }));
  await appendToOutbox(tx, await newsOfStock(tx, changes, occurredAt));
};

/** The same for who has more to tell: answers the messages. One a variant, however often it changed. */
export const newsOfStock = async (
  tx: Prisma.TransactionClient,
  changes: readonly StockChange[],
  occurredAt: Instant,
): Promise<readonly OutgoingMessage[]> => {
  const last = changes.at(-1);
  if (!last) return [];
  const causes = new Map(changes.map(({ variantId, cause }) => [variantId, cause]));
  const variantIds = [...causes.keys()];
  const filled = await withCause(last.cause, () => fillBackorders(tx, variantIds, occurredAt));
  const changed = await raiseVersions(tx, variantIds);
  const news = [...new Set(causes.values())].flatMap((cause) =>
    withCause(cause, () => {
      const stocks = changed.filter(({ variantId }) => causes.get(variantId) === cause);
      return [
        ...stocks.flatMap((stock) => messagesOf(stock, occurredAt)),
        ...availabilityMessages(stocks.filter(({ turned }) => turned).map(asAvailability), occurredAt),
      ];
    }),
  );
  return [...filled, ...news];
};

const asAvailability = ({ variantId, available, version }: ChangedStock): Availability => ({
  variantId,
  inStock: available > 0,
  version,
});

const raiseVersions = (tx: Prisma.TransactionClient, variantIds: readonly VariantId[]) =>
  tx.$queryRaw<ChangedStock[]>`
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
