import { orderCancelled, orderFailed } from '@emporium/contracts';
import { ack, park, subscriber, type Verdict } from '@emporium/messaging';
import { paidIn, releasedIn } from '../domain/escrow.ts';
import type { PaidOut } from '../domain/payment.ts';
import { fundsOf } from './funds-of.ts';
import { handlePayment } from './handle-payment.ts';
import type { OrderId, Ports } from './ports.ts';

/** Whatever was or will be taken goes back; what was not asked for yet never will be. */
const callOff = async (ports: Ports, orderId: OrderId): Promise<Verdict> => {
  const handled = await handlePayment(ports, orderId, {
    type: 'Cancel',
    paymentId: ports.newId(),
    refundId: ports.newId(),
    paidOut: await lookPaidOut(ports, orderId),
  });
  return handled.ok ? ack : park(`order ${orderId} could not be called off: ${handled.refusal}`);
};

/** Turns of wallets come before the payment's. What is paid out until the payment's has come is found by then, too. */
const lookPaidOut = async (ports: Ports, orderId: OrderId): Promise<readonly PaidOut[]> => {
  for (const { sellerId, currency } of await ports.payments.paidOut(orderId))
    await ports.ledger.turnOfWallet(sellerId, currency);
  const found: PaidOut[] = [];
  for (const escrow of releasedIn(await ports.payments.load(orderId))) {
    const sellerFunds = await fundsOf(ports, escrow.sellerId, paidIn(escrow));
    found.push({ shipmentId: escrow.shipmentId, refundId: ports.newId(), sellerFunds });
  }
  return found;
};

export const onOrderFailed = subscriber(orderFailed, (ports: Ports, { payload }) =>
  callOff(ports, payload.orderId),
);

export const onOrderCancelled = subscriber(orderCancelled, (ports: Ports, { payload }) =>
  callOff(ports, payload.orderId),
);
