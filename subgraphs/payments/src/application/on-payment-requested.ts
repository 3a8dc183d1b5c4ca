import { paymentRequested } from '@emporium/contracts';
import { ack, park, subscriber } from '@emporium/messaging';
import { handlePayment } from './handle-payment.ts';
import type { Ports } from './ports.ts';

/** A wallet pays at once; a card is asked by a worker, after this has committed. */
export const onPaymentRequested = subscriber(paymentRequested, async (ports: Ports, { payload }) => {
  const { orderId, buyerId, total, method, token, shipments } = payload;
  const rates = await ports.commission.ratesFor(
    shipments.map(({ sellerId }) => sellerId),
    total.currency,
  );
  const terms = {
    ...{ orderId, buyerId, total, method, paymentId: ports.newId<'Payment'>() },
    shipments: shipments.map((shipment) => ({
      ...shipment,
      commissionRate: rates.get(shipment.sellerId) ?? 0,
    })),
  };
  const card = token ? 'CARD' : 'NO_CARD';
  const funds = method === 'WALLET' ? await ports.ledger.lockWallet(buyerId, total.currency) : card;
  const handled = await handlePayment(ports, orderId, { type: 'Request', terms, funds });
  if (!handled.ok) return park(`the payment of order ${orderId} was refused: ${handled.refusal}`);
  if (handled.events.length > 0 && handled.payment.status === 'pending') {
    const { paymentId } = handled.payment.terms;
    await ports.calls.add({ id: paymentId, kind: 'CAPTURE', subject: orderId, token: token ?? null });
  }
  return ack;
});
