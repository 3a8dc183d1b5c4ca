import { asId, type Money } from '@emporium/domain';
import { ack, park, type Verdict } from '@emporium/messaging';
import { paidIn } from '../domain/escrow.ts';
import type { Share } from '../domain/journal.ts';
import type { Payment } from '../domain/payment.ts';
import { fundsOf } from './funds-of.ts';
import { handlePayment } from './handle-payment.ts';
import type { OrderId, Ports, UserId } from './ports.ts';

/** Money of a shipment that is its buyer's again, and why. */
export type GivenBack = Share & {
  readonly orderId: OrderId;
  readonly sellerId: UserId;
  /** What it goes back for, by an id that no other cause has: it goes back once for each. */
  readonly causeId: string;
  /** It is sent back, and not only never sent: its shipment is still to be released. */
  readonly hasArrived: boolean;
  /** What happened, for a person to read when it cannot go back. */
  readonly because: string;
  readonly amount: Money;
};

/** That the shipment's seller is paid in, as the payment says once nobody else has it. */
const currencyIn = (payment: Payment, shipmentId: string): string | undefined => {
  const shipments = 'terms' in payment ? payment.terms.shipments : [];
  return shipments.filter((each) => each.shipmentId === shipmentId).map(paidIn)[0];
};

/** Gives a part of a shipment's money back: from escrow, and when its seller was paid from where it is by then. */
export const giveBack = async (
  ports: Ports,
  { orderId, shipmentId, sellerId, causeId, amount, hasArrived, because }: GivenBack,
): Promise<Verdict> => {
  // The wallet's turn comes before the payment's, as with every payment from one. What is released until the payment's has come
  // is in the wallet, too: so it is looked at only then.
  const currency = (await ports.payments.settlesIn(shipmentId)) ?? amount.currency;
  await ports.ledger.turnOfWallet(sellerId, currency);
  const payment = await ports.payments.load(orderId);
  const handled = await handlePayment(ports, orderId, {
    ...{ type: 'GiveBack', shipmentId, amount, hasArrived },
    sellerFunds: await fundsOf(ports, sellerId, currencyIn(payment, shipmentId) ?? amount.currency),
    refundId: asId<'Refund'>(causeId),
  });
  return handled.ok
    ? ack
    : park(`${because} of shipment ${shipmentId} of order ${orderId}: ${handled.refusal}`);
};
