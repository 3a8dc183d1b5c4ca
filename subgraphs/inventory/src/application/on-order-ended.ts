import { orderCancelled, orderFailed, type Received } from '@emporium/contracts';
import { ack, subscriber } from '@emporium/messaging';
import { handleReservations } from './handle-reservations.ts';
import type { Ports } from './ports.ts';

const release = async (ports: Ports, received: Received<typeof orderFailed | typeof orderCancelled>) => {
  await handleReservations(ports, [received], () => ({ type: 'Release' }));
  return ack;
};

/** A failed order gives back what it held. */
export const onOrderFailed = subscriber(orderFailed, release);

/** A cancelled order gives back what it held or had bought. */
export const onOrderCancelled = subscriber(orderCancelled, release);
