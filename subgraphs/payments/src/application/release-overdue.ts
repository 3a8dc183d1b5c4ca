import type { Id, Instant } from '@emporium/domain';
import { handlePayment } from './handle-payment.ts';
import type { OrderId, Transact } from './ports.ts';

/** Port: shipments still held that were shipped at least so many days before `now`, longest ago first. */
export type FindOverdue = (
  now: Instant,
  days: number,
  limit: number,
) => Promise<readonly { readonly orderId: OrderId; readonly shipmentId: Id<'Shipment'> }[]>;

/** Pays the sellers whose buyers were silent for too long after shipping; says how many shipments. */
export type ReleaseOverdue = (now: Instant) => Promise<number>;

const atOnce = 100;

export const createReleaseOverdue =
  (transact: Transact, findOverdue: FindOverdue, days: number): ReleaseOverdue =>
  async (now) => {
    let released = 0;
    for (;;) {
      const overdue = await findOverdue(now, days, atOnce);
      for (const { orderId, shipmentId } of overdue) {
        const handled = await transact((ports) =>
          handlePayment(ports, orderId, { type: 'Release', shipmentId }),
        );
        if (!handled.ok) throw new Error(`overdue shipment ${shipmentId} was refused: ${handled.refusal}`);
        released += 1;
      }
      if (overdue.length < atOnce) return released;
    }
  };
