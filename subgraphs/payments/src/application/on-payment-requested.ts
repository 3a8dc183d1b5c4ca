import { type PayloadOf, paymentRequested } from '@emporium/contracts';
import { ack, gatheringSubscriber, park } from '@emporium/messaging';
import { handlePayment } from './handle-payment.ts';
import type { Ports } from './ports.ts';

const atOnce = 32;

type Asked = PayloadOf<typeof paymentRequested>;

/** What is decided one after the other: payments of one order, and whatever the same wallet is to pay. */
const turnOf = ({ orderId, method, buyerId, total }: Asked): string =>
  method === 'WALLET' ? `${buyerId} ${total.currency}` : orderId;

/** A wallet pays at once; a card is asked as soon as this has committed. */
export const onPaymentRequested = gatheringSubscriber(
  paymentRequested,
  atOnce,
  turnOf,
  async (ports: Ports, { payload }) => {
    const { orderId, buyerId, total, method, token, shipments } = payload;
    const rates = await ports.commission.ratesFor(
      shipments.map(({ sellerId }) => sellerId),
      total.currency,
    );
    const [taker] = token ? ports.routing.ofCard(total.currency, token) : [];
    const provider = taker ?? 'sandbox';
    const terms = {
      ...{ orderId, buyerId, total, method, provider, paymentId: ports.newId<'Payment'>() },
      shipments: shipments.map((shipment) => ({
        ...shipment,
        commissionRate: rates.get(shipment.sellerId) ?? 0,
      })),
    };
    const card = taker ? 'CARD' : 'NO_CARD';
    const funds = method === 'WALLET' ? await ports.ledger.lockWallet(buyerId, total.currency) : card;
    const request = { type: 'Request', terms, funds } as const;
    const handled = await handlePayment(ports, orderId, request, { type: 'StartCapture' });
    if (!handled.ok) return park(`the payment of order ${orderId} was refused: ${handled.refusal}`);
    const isNew = handled.events.some(({ type }) => type === 'Requested');
    if (isNew && handled.payment.status === 'capturing' && token) {
      const { paymentId } = terms;
      await ports.calls.addReady(
        { id: paymentId, kind: 'CAPTURE', subject: orderId, token, provider },
        { amount: total, token, reference: orderId },
      );
    }
    return ack;
  },
);
