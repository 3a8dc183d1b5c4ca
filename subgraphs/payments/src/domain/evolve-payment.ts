import type { Share } from './journal.ts';
import type { AfterCapture, Escrow, Payment, PaymentEvent } from './payment.ts';

type Captured = Extract<Payment, { status: 'captured' }>;

/** What the payment is after the event. Throws on an event that the decider cannot have given: that is a bug. */
export const evolve = (payment: Payment, event: PaymentEvent): Payment => {
  switch (event.type) {
    case 'Requested':
      return { status: 'pending', terms: event.terms };
    case 'RequestedTooLate':
      return { status: 'void', requested: true };
    case 'Voided':
      return { status: 'void', requested: payment.status !== 'absent' };
    case 'Declined':
      return { status: 'declined' };
    case 'CaptureStarted':
      return {
        ...{ status: 'capturing', terms: termsOf(payment, event) },
        ...{ cancelRequested: false, awaitsBuyer: null },
      };
    case 'CancelRequested':
      return { ...capturing(payment, event), cancelRequested: true };
    case 'ActionRequired':
      return { ...capturing(payment, event), awaitsBuyer: event.action };
    case 'ProviderChanged': {
      const { provider } = event;
      return { ...capturing(payment, event), terms: { ...termsOf(payment, event), provider } };
    }
    case 'Captured':
      return holdEscrow(payment, event);
    default:
      return evolveCaptured(captured(payment, event), event);
  }
};

const holdEscrow = (payment: Payment, event: PaymentEvent): Captured => {
  const terms = termsOf(payment, event);
  const escrows = terms.shipments.map((shipment) => ({
    ...shipment,
    state: 'held' as const,
    shipped: false,
    frozenBy: null,
    releaseDue: false,
    refunded: 0n,
    reclaimed: 0n,
    conceded: 0n,
  }));
  return { status: 'captured', terms, escrows, refunds: [] };
};

const evolveCaptured = (payment: Captured, event: AfterCapture): Captured => {
  const { escrows, refunds } = payment;
  switch (event.type) {
    case 'Shipped':
      return { ...payment, escrows: change(escrows, [event.shipmentId], { shipped: true }) };
    case 'DisputeOpened':
      return { ...payment, escrows: change(escrows, [event.shipmentId], { frozenBy: event.disputeId }) };
    case 'ReleaseHeldBack':
      return { ...payment, escrows: change(escrows, [event.shipmentId], { releaseDue: true }) };
    case 'DisputeEnded':
      return {
        ...payment,
        escrows: escrows.map((escrow) =>
          escrow.shipmentId === event.shipmentId
            ? { ...escrow, frozenBy: null, conceded: escrow.conceded + event.refunded.minor }
            : escrow,
        ),
      };
    case 'Released':
      return { ...payment, escrows: change(escrows, [event.shipment.shipmentId], { state: 'released' }) };
    case 'RefundRecorded': {
      const { refundId, amount, shares, staysHeld = false } = event;
      return {
        ...payment,
        escrows: escrows.map((escrow) => withoutShare(escrow, shares, staysHeld)),
        refunds: [...refunds, { refundId, amount, settled: false }],
      };
    }
    case 'Reclaimed': {
      const { refundId, amount, shipmentId, withWholeOrder } = event;
      const { minor } = amount;
      return {
        ...payment,
        escrows: escrows.map((escrow) =>
          escrow.shipmentId === shipmentId
            ? {
                ...escrow,
                reclaimed: escrow.reclaimed + minor,
                conceded: escrow.conceded + (withWholeOrder ? minor : 0n),
              }
            : escrow,
        ),
        refunds: [...refunds, { refundId, amount, settled: false }],
      };
    }
    case 'RefundSettled':
      return {
        ...payment,
        refunds: refunds.map((each) =>
          each.refundId === event.refundId ? { ...each, settled: true } : each,
        ),
      };
  }
};

/** Nothing is held any more when all of it went back, but of what arrived. */
const withoutShare = (escrow: Escrow, shares: readonly Share[], staysHeld: boolean): Escrow => {
  const share = shares.find(({ shipmentId }) => shipmentId === escrow.shipmentId);
  if (!share) return escrow;
  const refunded = escrow.refunded + share.amount.minor;
  const isOver = refunded === escrow.amount.minor && !staysHeld;
  return { ...escrow, refunded, state: isOver ? 'refunded' : escrow.state };
};

const change = (escrows: readonly Escrow[], ids: readonly string[], to: Partial<Escrow>): Escrow[] =>
  escrows.map((escrow) => (ids.includes(escrow.shipmentId) ? { ...escrow, ...to } : escrow));

const termsOf = (payment: Payment, { type }: PaymentEvent) => {
  if (!('terms' in payment)) throw new Error(`${type} happened to a payment that is ${payment.status}`);
  return payment.terms;
};

const capturing = (payment: Payment, { type }: PaymentEvent): Extract<Payment, { status: 'capturing' }> => {
  if (payment.status !== 'capturing')
    throw new Error(`${type} happened to a payment that is ${payment.status}`);
  return payment;
};

const captured = (payment: Payment, { type }: PaymentEvent): Captured => {
  if (payment.status !== 'captured')
    throw new Error(`${type} happened to a payment that is ${payment.status}`);
  return payment;
};
