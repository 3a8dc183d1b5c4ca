import { accept, refuse, sum, zero } from '@emporium/domain';
import { commissionBack, commissionOn } from './commission.ts';
import { conversionBack } from './conversion.ts';
import { decideDispute, lapse, openDispute, withdrawDispute } from './decide-dispute.ts';
import { isHeld, leftOf, onEscrow, paidIn, refund, released } from './escrow.ts';
import { highestAmount } from './highest-amount.ts';
import type { Share } from './journal.ts';
import type {
  Escrow,
  PaidOut,
  Payment,
  PaymentCommand,
  PaymentDecision,
  PaymentEvent,
  Terms,
} from './payment.ts';

type Command<Type extends PaymentCommand['type']> = Extract<PaymentCommand, { type: Type }>;

/** What follows from a command. Events of other subgraphs come late, twice and in any order: each is a move here. */
export const decide = (command: PaymentCommand, payment: Payment): PaymentDecision => {
  switch (command.type) {
    case 'Request':
      return request(command, payment);
    case 'StartCapture':
      return payment.status === 'pending' ? accept({ type: 'CaptureStarted' }) : accept();
    case 'ChangeProvider':
      return payment.status === 'capturing' && !payment.cancelRequested
        ? accept({ type: 'ProviderChanged', provider: command.provider })
        : accept();
    case 'RequireAction':
      return payment.status === 'capturing' && !payment.cancelRequested && !payment.awaitsBuyer
        ? accept({ type: 'ActionRequired', action: command.action })
        : accept();
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
    case 'OpenDispute':
      return openDispute(command, payment);
    case 'DecideDispute':
      return decideDispute(command, payment);
    case 'WithdrawDispute':
      return withdrawDispute(command, payment);
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
  if (typeof funds === 'string') {
    const reason = funds === 'NO_CARD' ? 'CARD_DECLINED' : funds;
    return accept<PaymentEvent>(requested, { type: 'Declined', reason });
  }
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

const cancel = ({ paymentId, refundId, paidOut }: Command<'Cancel'>, payment: Payment): PaymentDecision => {
  switch (payment.status) {
    case 'absent':
      return accept({ type: 'Voided', paymentId });
    case 'pending':
      return accept({ type: 'Voided', paymentId: payment.terms.paymentId });
    case 'capturing':
      return payment.cancelRequested ? accept() : accept({ type: 'CancelRequested' });
    case 'captured': {
      const held = payment.escrows.filter(isHeld);
      const back = held.map((escrow) => ({ ...escrow, amount: leftOf(escrow) }));
      return accept(
        ...held.flatMap((escrow) => lapse(escrow, leftOf(escrow).minor)),
        ...refund(payment.terms, back, refundId),
        ...takeAllBack(payment.escrows, payment.terms, paidOut),
      );
    }
    case 'void':
    case 'declined':
      return accept(); // no money was taken
  }
};

const ship = ({ shipmentId, at }: Command<'Ship'>, payment: Payment): PaymentDecision =>
  onEscrow(payment, shipmentId, (escrow) =>
    escrow.shipped || !isHeld(escrow) ? accept() : accept({ type: 'Shipped', shipmentId, at }),
  );

const release = ({ shipmentId }: Command<'Release'>, payment: Payment): PaymentDecision =>
  onEscrow(payment, shipmentId, (escrow) => {
    if (!isHeld(escrow)) return accept();
    if (escrow.frozenBy === null) return accept(released(escrow, leftOf(escrow)));
    return escrow.releaseDue ? accept() : accept({ type: 'ReleaseHeldBack', shipmentId });
  });

/**
 * From escrow while it is there. What orders calls off, or takes back, before it hears of a dispute's end may have gone back by
 * that: so much less goes back now.
 */
const giveBack = (command: Command<'GiveBack'>, payment: Payment): PaymentDecision =>
  onEscrow(payment, command.shipmentId, (escrow, { terms, refunds }) => {
    const { refundId } = command;
    const isDone = refunds.some((each) => each.refundId === refundId);
    if (isDone) return accept();
    if (escrow.state === 'refunded') return accept(...withNothing(command));
    const left = keptOf(escrow);
    const { minor, currency } = command.amount;
    if (minor > left + escrow.conceded || currency !== escrow.amount.currency)
      return refuse('MORE_THAN_PAID');
    const isAll = minor >= left;
    const amount = { minor: isAll ? left : minor, currency };
    if (amount.minor === 0n) return accept(...withNothing(command));
    return isHeld(escrow)
      ? accept(...fromEscrow({ ...command, amount }, escrow, terms))
      : accept(...takeBack({ ...command, amount }, escrow, terms));
  });

/** What is taken from a wallet for one shipment is not there for the next. */
const takeAllBack = (
  escrows: readonly Escrow[],
  terms: Terms,
  paidOut: readonly PaidOut[],
): PaymentEvent[] => {
  const taken = new Map<string, bigint>();
  return escrows.flatMap((escrow) => {
    const wallet = `${escrow.sellerId} ${paidIn(escrow)}`;
    const before = taken.get(wallet) ?? 0n;
    const events = takeWholeBack(escrow, terms, paidOut, before);
    const more = events.map((event) => (event.type === 'Reclaimed' ? event.fromWallet.minor : 0n));
    taken.set(
      wallet,
      more.reduce((sum, minor) => sum + minor, before),
    );
    return events;
  });
};

/** Its dispute was decided for its seller before it was heard that the order had been cancelled. */
const takeWholeBack = (
  escrow: Escrow,
  terms: Terms,
  paidOut: readonly PaidOut[],
  taken: bigint,
): PaymentEvent[] => {
  const amount = { ...escrow.amount, minor: keptOf(escrow) };
  if (escrow.state !== 'released' || amount.minor === 0n) return [];
  const found = paidOut.find(({ shipmentId }) => shipmentId === escrow.shipmentId);
  if (!found) throw new Error(`nobody looked what the seller of shipment ${escrow.shipmentId} has`);
  const left = { ...found, amount, sellerFunds: found.sellerFunds - taken };
  return takeBack(left, escrow, terms, { withWholeOrder: true });
};

/** What did not go back of it. */
const keptOf = ({ amount, refunded, reclaimed }: Escrow): bigint => amount.minor - refunded - reclaimed;

/** What arrived is still to be released, unless that is over by the end of its dispute: then nobody waits for it. */
const fromEscrow = (
  { refundId, amount, hasArrived }: Command<'GiveBack'>,
  escrow: Escrow,
  terms: Terms,
): PaymentEvent[] => {
  const lapsed = lapse(escrow, amount.minor);
  const staysHeld = hasArrived && lapsed.length === 0;
  return [...lapsed, ...refund(terms, [{ ...escrow, amount }], refundId, { staysHeld })];
};

/** All of it has gone back by a dispute's end, or with the whole order. Of a return that is told, too: orders waits to hear that it is over. */
const withNothing = ({ refundId, amount, hasArrived }: Command<'GiveBack'>): PaymentEvent[] =>
  hasArrived && amount.minor > 0n
    ? [{ type: 'RefundSettled', refundId, amount: zero(amount.currency) }]
    : [];

/**
 * Its seller has it: it is theirs to give, less the commission that was kept of it, and what they lack is the platform's. Who was
 * paid in another currency gives back of that, at the rate that they were paid by.
 */
const takeBack = (
  { refundId, amount, shipmentId, sellerFunds }: PaidOut & Share,
  escrow: Escrow,
  { method }: Terms,
  why: { readonly withWholeOrder?: boolean } = {},
): PaymentEvent[] => {
  const { sellerId, commissionRate, settlement } = escrow;
  const kept = keptOf(escrow);
  const back = commissionBack(kept, amount.minor, commissionRate);
  const ofSale = { ...amount, minor: amount.minor - back };
  const conversion =
    settlement && conversionBack(kept - commissionOn(kept, commissionRate), ofSale.minor, settlement);
  const sellers = conversion?.target ?? ofSale;
  const fromWallet = { ...sellers, minor: sellerFunds < sellers.minor ? sellerFunds : sellers.minor };
  const reclaimed: PaymentEvent = {
    ...{ type: 'Reclaimed', refundId, amount, shipmentId, sellerId, fromWallet },
    fromCommission: { ...amount, minor: back },
    fromPlatform: { ...sellers, minor: sellers.minor - fromWallet.minor },
    ...(conversion && { conversion }),
    ...why,
  };
  return method === 'WALLET' ? [reclaimed, { type: 'RefundSettled', refundId, amount }] : [reclaimed];
};

const settleRefund = ({ refundId }: Command<'SettleRefund'>, payment: Payment): PaymentDecision => {
  if (payment.status !== 'captured') return refuse('NOT_CAPTURED');
  const due = payment.refunds.find((each) => each.refundId === refundId && !each.settled);
  return due ? accept({ type: 'RefundSettled', refundId, amount: due.amount }) : accept();
};
