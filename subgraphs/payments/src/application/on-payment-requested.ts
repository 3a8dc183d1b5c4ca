import { type PayloadOf, paymentRequested } from '@emporium/contracts';
import { ack, gatheringSubscriber, park } from '@emporium/messaging';
import { isBookable } from '../domain/conversion.ts';
import type { Share } from '../domain/journal.ts';
import { fundsOf } from './funds-of.ts';
import { handlePayment } from './handle-payment.ts';
import type { Agreed, Ports } from './ports.ts';

const atOnce = 32;

type Asked = PayloadOf<typeof paymentRequested>;

/** What is decided one after the other: payments of one order, and whatever the same wallet is to pay. */
const turnOf = ({ orderId, method, buyerId, total }: Asked): string =>
  method === 'WALLET' ? `${buyerId} ${total.currency}` : orderId;

/** A rate that leads beyond what the books take is not promised: the seller is paid in the sale's currency. */
const termsFor = (
  { amount }: Pick<Share, 'amount'>,
  { commissionRate, settlement }: Agreed = { commissionRate: 0 },
) => ({
  commissionRate,
  ...(settlement && isBookable(amount.minor, settlement) && { settlement }),
});

/**
 * A wallet pays at once; a card is asked as soon as this has committed. Of a saved one orders knows the id alone, and whose it is,
 * is looked at here; any other's token is opened here, for who is asked depends on it, and waits sealed with our own key.
 */
export const onPaymentRequested = gatheringSubscriber(
  paymentRequested,
  atOnce,
  turnOf,
  async (ports: Ports, { payload }) => {
    const { orderId, buyerId, total, method, shipments, token, sealedToken, paymentMethodId } = payload;
    const [agreed, found] = await Promise.all([
      ports.commission.agreedFor(
        shipments.map(({ sellerId }) => sellerId),
        total.currency,
      ),
      ports.paymentMethods.findCard({
        ...{ userId: buyerId, token, paymentMethodId },
        sealed: sealedToken === undefined ? undefined : { token: sealedToken, orderId },
      }),
    ]);
    const [taker] = found.type === 'CARD' ? ports.routing.ofCard(total.currency, found.token) : [];
    const card = found.type === 'CARD' && !taker ? ({ type: 'NO_CARD' } as const) : found;
    const provider = taker ?? 'sandbox';
    const terms = {
      ...{ orderId, buyerId, total, method, provider, paymentId: ports.newId<'Payment'>() },
      guestTokenHash: payload.guestTokenHash,
      shipments: shipments.map((shipment) => ({
        ...shipment,
        ...termsFor(shipment, agreed.get(shipment.sellerId)),
      })),
    };
    const funds = method === 'WALLET' ? await fundsOf(ports, buyerId, total.currency) : card.type;
    const request = { type: 'Request', terms, funds } as const;
    const handled = await handlePayment(ports, orderId, request, { type: 'StartCapture' });
    if (!handled.ok) return park(`the payment of order ${orderId} was refused: ${handled.refusal}`);
    const isNew = handled.events.some(({ type }) => type === 'Requested');
    if (isNew && handled.payment.status === 'capturing' && card.type === 'CARD') {
      const { paymentId } = terms;
      const { token } = card;
      await ports.calls.addReady(
        { id: paymentId, kind: 'CAPTURE', subject: orderId, token, provider },
        { amount: total, token, reference: orderId },
      );
    }
    return ack;
  },
);
