import type { OrderId } from '../application/ports.ts';
import type { PlacedOrder } from '../domain/order.ts';
import { countArrived, type Return } from '../domain/return.ts';
import type { Tx } from './database.ts';
import type { ReadModelTables } from './read-model-tables.ts';

type Change = { readonly id: OrderId; readonly before: PlacedOrder; readonly after: PlacedOrder };

type ChangedReturn = Return & { readonly orderId: OrderId; readonly sellerId: string };

/** Evolving keeps what it does not touch, so a new object is a changed return. */
const changedReturns = ({ id: orderId, before, after }: Change): readonly ChangedReturn[] => {
  if (before.returns === after.returns) return [];
  const sellers = new Map(after.shipments.map(({ id, sellerId }) => [id, sellerId]));
  return after.returns
    .filter((each, index) => each !== before.returns[index])
    .map((each) => ({ ...each, orderId, sellerId: sellers.get(each.shipmentId) ?? '' }));
};

const linesOf = ({ id, orderId, lines, arrived }: ChangedReturn) =>
  lines.map(({ variantId, quantity }, index) => ({
    id,
    orderId,
    position: index + 1,
    variantId,
    quantity,
    ...countArrived(arrived, variantId),
  }));

/** Projects what became of the returns of orders. */
export const projectReturns = async (
  tx: Tx,
  tables: ReadModelTables,
  changes: readonly Change[],
): Promise<void> => {
  const changed = changes.flatMap(changedReturns);
  if (changed.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO ${tables.returns}
      (id, order_id, shipment_id, seller_id, status, reason, refund_minor, requested_at, changed_at)
    SELECT id, order_id, shipment_id, seller_id, status, reason, refund_minor::bigint, requested_at::timestamptz,
      changed_at::timestamptz
    FROM unnest(
      ${changed.map(({ id }) => id)}::text[],
      ${changed.map(({ orderId }) => orderId)}::text[],
      ${changed.map(({ shipmentId }) => shipmentId)}::text[],
      ${changed.map(({ sellerId }) => sellerId)}::text[],
      ${changed.map(({ status }) => status)}::text[],
      ${changed.map(({ reason }) => reason)}::text[],
      ${changed.map(({ refund }) => refund?.minor.toString() ?? null)}::text[],
      ${changed.map(({ requestedAt }) => requestedAt)}::text[],
      ${changed.map(({ changedAt }) => changedAt)}::text[]
    ) AS changed (id, order_id, shipment_id, seller_id, status, reason, refund_minor, requested_at, changed_at)
    ON CONFLICT (id) DO UPDATE
    SET status = EXCLUDED.status, refund_minor = EXCLUDED.refund_minor, changed_at = EXCLUDED.changed_at`;
  const lines = changed.flatMap(linesOf);
  await tx.$executeRaw`
    INSERT INTO ${tables.returnLines} (return_id, position, order_id, variant_id, quantity, restocked, written_off)
    SELECT return_id, position, order_id, variant_id, quantity, restocked, written_off
    FROM unnest(
      ${lines.map(({ id }) => id)}::text[],
      ${lines.map(({ position }) => position)}::integer[],
      ${lines.map(({ orderId }) => orderId)}::text[],
      ${lines.map(({ variantId }) => variantId)}::text[],
      ${lines.map(({ quantity }) => quantity)}::integer[],
      ${lines.map(({ restocked }) => restocked)}::integer[],
      ${lines.map(({ writtenOff }) => writtenOff)}::integer[]
    ) AS line (return_id, position, order_id, variant_id, quantity, restocked, written_off)
    ON CONFLICT (return_id, position) DO UPDATE
    SET restocked = EXCLUDED.restocked, written_off = EXCLUDED.written_off`;
};
