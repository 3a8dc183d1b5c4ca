import { accept, refuse, sum } from '@emporium/domain';
import { highestAmount } from './check-journal.ts';
import type {
  Escrow,
  Payment,
  PaymentCommand,
  PaymentDecision,
  PaymentEvent,
  Shipment,
  Terms,
} from './payment.ts';

type Command<Type extends PaymentCommand['type']> = Extract<PaymentCommand, { type: Type }>;
type Captured = Extract<Payment, { status: 'captured' }>;

/** What follows from a command. Events of other subgraphs come late, twice and in any order: each is a move here. */
export const decide = (command: PaymentCommand, payment: Payment): PaymentDecision => {
  switch (command.type) {
    case 'Request':
      return request(command, payment);
    case 'StartCapture':
      return payment.status === 'pending' ? accept({ type: 'CaptureStarted' }) : accept();
    case 'ConfirmCapture':
      return confirmCapture(command, payment);
    case 'DeclineCapture':
      return payment.status === 'capturing'
        ? accept({ type: 'Declined', reason: command.reason })
        : accept();
    case 'AbandonCapture':
      return payment.status === 'capturing' && payment.cancelRequested
        ? accept({ type: 'Voided', paymentId: payment.terms.paymentId })
        : accept();
    case 'Cancel':
      return cancel(command, payment);
    case 'Ship':
      return ship(command, payment);
    case 'Release':
      return release(command, payment);
    case 'GiveBack':
      return giveBack(command, payment);
    case 'SettleRefund':
      return settleRefund(command, payment);
  }
};

const addsUp = ({ total, shipments }: Terms): boolean =>
  total.minor > 0n &&
  shipments.every(({ amount }) => amount.currency === total.currency && amount.minor >= 0n) &&
  new Set(shipments.map(({ shipmentId }) => shipmentId)).size === shipments.length &&
  sum(
    shipments.map(({ amount }) => amount),
    total.currency,
  ).minor === total.minor;

const request = ({ terms, funds }: Command<'Request'>, payment: Payment): PaymentDecision => {
  if (!addsUp(terms)) return refuse('AMOUNTS_DO_NOT_ADD_UP');
  if (terms.total.minor > highestAmount) return refuse('AMOUNT_TOO_LARGE');
  if (payment.status === 'void' && !payment.requested) return accept({ type: 'RequestedTooLate', terms });
  if (payment.status !== 'absent') return accept(); // heard twice
  const requested: PaymentEvent = { type: 'Requested', terms };
  if (funds === 'CARD') return accept(requested);
  if (funds === 'NO_CARD')
    return accept<PaymentEvent>(requested, { type: 'Declined', reason: 'CARD_DECLINED' });
  return funds >= terms.total.minor
    ? accept<PaymentEvent>(requested, { type: 'Captured', captureId: null })
    : accept<PaymentEvent>(requested, { type: 'Declined', reason: 'INSUFFICIENT_FUNDS' });
};

const confirmCapture = (
  { captureId, refundId }: Command<'ConfirmCapture'>,
  payment: Payment,
): PaymentDecision => {
  if (payment.status === 'captured') return accept(); // another worker was quicker
  if (payment.status !== 'capturing') return refuse('CAPTURE_UNEXPECTED');
  const captured: PaymentEvent = { type: 'Captured', captureId };
  if (!payment.cancelRequested) return accept(captured);
  return accept(captured, ...refund(payment.terms, payment.terms.shipments, refundId));
};

const cancel = ({ paymentId, refundId }: Command<'Cancel'>, payment: Payment): PaymentDecision => {
  switch (payment.status) {
    case 'absent':
      return accept({ type: 'Voided', paymentId });
    case 'pending':
      return accept({ type: 'Voided', paymentId: payment.terms.paymentId });
    case 'capturing':
      return payment.cancelRequested ? accept() : accept({ type: 'CancelRequested' });
    case 'captured':
      return accept(...refund(payment.terms, payment.escrows.filter(isHeld).map(heldOf), refundId));
    case 'void':
    case 'declined':
      return accept(); // no money was taken
  }
};

const isHeld = ({ state }: Escrow): boolean => state === 'held';

/** What is still in it. */
const heldOf = ({ amount, refunded, ...escrow }: Escrow) => ({
  ...escrow,
  amount: { minor: amount.minor - refunded, currency: amount.currency },
});

/** Back to a wallet at once; back to a card when the provider says so. */
const refund = (
  { method, total }: Terms,
  shipments: readonly Shipment[],
  refundId: Command<'Cancel'>['refundId'],
  staysHeld = false,
): PaymentEvent[] => {
  const shares = shipments.map(({ shipmentId, amount }) => ({ shipmentId, amount }));
  const amount = sum(
    shares.map((share) => share.amount),
    total.currency,
  );
  if (amount.minor === 0n) return [];
  const recorded: PaymentEvent = {
    ...{ type: 'RefundRecorded', refundId, amount, shares },
    ...(staysHeld && { staysHeld }),
  };
  return method === 'WALLET' ? [recorded, { type: 'RefundSettled', refundId, amount }] : [recorded];
};

const onEscrow = (
  payment: Payment,
  shipmentId: string,
  then: (escrow: Escrow, payment: Captured) => PaymentDecision,
): PaymentDecision => {
  if (payment.status !== 'captured') return refuse('NOT_CAPTURED');
  const escrow = payment.escrows.find((each) => each.shipmentId === shipmentId);
  return escrow ? then(escrow, payment) : refuse('UNKNOWN_SHIPMENT');
};

const ship = ({ shipmentId, at }: Command<'Ship'>, payment: Payment): PaymentDecision =>
  onEscrow(payment, shipmentId, (escrow) =>
    escrow.shipped || !isHeld(escrow) ? accept() : accept({ type: 'Shipped', shipmentId, at }),
  );

const release = ({ shipmentId }: Command<'Release'>, payment: Payment): PaymentDecision =>
  onEscrow(payment, shipmentId, (escrow) => {
    const { sellerId, amount } = heldOf(escrow);
    return isHeld(escrow)
      ? accept({ type: 'Released', shipment: { shipmentId, sellerId, amount } })
      : accept();
  });

/** From escrow while it is there. Heard after its seller was paid, it is theirs to give, and what they lack the platform's. */
const giveBack = (command: Command<'GiveBack'>, payment: Payment): PaymentDecision =>
  onEscrow(payment, command.shipmentId, (escrow, { terms, refunds }) => {
    const { refundId, amount, shipmentId, sellerFunds } = command;
    const isDone = refunds.some((each) => each.refundId === refundId);
    if (isDone || escrow.state === 'refunded' || amount.minor === 0n) return accept();
    const left = escrow.amount.minor - escrow.refunded - escrow.reclaimed;
    if (amount.minor > left || amount.currency !== escrow.amount.currency) return refuse('MORE_THAN_PAID');
    if (isHeld(escrow))
      return accept(...refund(terms, [{ ...escrow, amount }], refundId, command.hasArrived));
    const has = sellerFunds >= amount.minor;
    const fromWallet = has ? amount : { ...amount, minor: sellerFunds };
    const fromPlatform = { ...amount, minor: amount.minor - fromWallet.minor };
    const { sellerId } = escrow;
    const reclaimed: PaymentEvent = {
      ...{ type: 'Reclaimed', refundId, amount, shipmentId },
      ...{ sellerId, fromWallet, fromPlatform },
    };
    return terms.method === 'WALLET'
      ? accept<PaymentEvent>(reclaimed, { type: 'RefundSettled', refundId, amount })
      : accept(reclaimed);
  });

const settleRefund = ({ refundId }: Command<'SettleRefund'>, payment: Payment): PaymentDecision => {
  if (payment.status !== 'captured') return refuse('NOT_CAPTURED');
  const due = payment.refunds.find((each) => each.refundId === refundId && !each.settled);
  return due ? accept({ type: 'RefundSettled', refundId, amount: due.amount }) : accept();
};
