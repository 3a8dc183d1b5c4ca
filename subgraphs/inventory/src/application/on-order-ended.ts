import { orderCancelled, orderFailed } from '@emporium/contracts';
import { ack, subscriber } from '@emporium/messaging';
import type { OrderId } from '../domain/ids.ts';
import { handleReservation } from './handle-reservation.ts';
import type { Ports } from './ports.ts';

const release = async (ports: Ports, orderId: OrderId) => {
  await handleReservation(ports, orderId, () => ({ type: 'Release' }));
  return ack;
};

/** A failed order gives back what it held. */
export const onOrderFailed = subscriber(orderFailed, (ports: Ports, { payload }) =>
  release(ports, payload.orderId),
);

/** A cancelled order gives back what it held or had bought. */
export const onOrderCancelled = subscriber(orderCancelled, (ports: Ports, { payload }) =>
  release(ports, payload.orderId),
);
