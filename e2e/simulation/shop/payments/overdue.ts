import type { FindOverdue } from '../../../../subgraphs/payments/src/application/release-overdue.ts';
import type { PaymentTables } from './payment-tables.ts';

/** Shipments still held, and not disputed, that were shipped at least so many days ago. */
export const overdueIn =
  ({ payments }: PaymentTables): FindOverdue =>
  async (now, days, limit) => {
    const before = Date.parse(now) - days * 86_400_000;
    return [...payments.committed.values()]
      .flatMap(({ payment, terms, events }) => {
        if (payment.status !== 'captured' || !terms) return [];
        const shippedAt = (id: string): number => {
          const shipped = events.find((event) => event.type === 'Shipped' && event.shipmentId === id);
          return shipped?.type === 'Shipped' ? Date.parse(shipped.at) : Number.POSITIVE_INFINITY;
        };
        return payment.escrows
          .filter(
            ({ state, frozenBy, shipmentId }) =>
              state === 'held' && frozenBy === null && shippedAt(shipmentId) <= before,
          )
          .map(({ shipmentId }) => ({ orderId: terms.orderId, shipmentId }));
      })
      .slice(0, limit);
  };
