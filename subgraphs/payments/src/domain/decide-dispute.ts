/** What follows when a buyer disputes a shipment whose money is held, and when that ends. */
import { accept, refuse, zero } from '@emporium/domain';
import { isHeld, leftOf, onEscrow, refund, released } from './escrow.ts';
import type {
  DecideDispute,
  Escrow,
  Payment,
  PaymentCommand,
  PaymentDecision,
  PaymentEvent,
  Terms,
} from './payment.ts';

type Command<Type extends PaymentCommand['type']> = Extract<PaymentCommand, { type: Type }>;

export const openDispute = (
  { disputeId, shipmentId, reason }: Command<'OpenDispute'>,
  payment: Payment,
): PaymentDecision =>
  onEscrow(payment, shipmentId, (escrow) => {
    if (escrow.state === 'released') return refuse('ALREADY_RELEASED');
    const isEmpty = escrow.refunded > 0n && leftOf(escrow).minor === 0n;
    if (escrow.state === 'refunded' || isEmpty) return refuse('ALREADY_REFUNDED');
    if (escrow.frozenBy !== null) return refuse('ALREADY_DISPUTED');
    return accept({ type: 'DisputeOpened', disputeId, shipmentId, reason });
  });

export const decideDispute = (command: DecideDispute, payment: Payment): PaymentDecision =>
  onEscrow(payment, command.shipmentId, (escrow, { terms }) => {
    if (escrow.frozenBy !== command.disputeId) return refuse('ALREADY_DECIDED');
    if (command.inFavourOf === 'SELLER') return accept(...settle(command, escrow, terms, 0n));
    const { minor, currency } = command.refund ?? leftOf(escrow);
    if (currency !== escrow.amount.currency) return refuse('WRONG_CURRENCY');
    return minor > leftOf(escrow).minor
      ? refuse('MORE_THAN_HELD')
      : accept(...settle(command, escrow, terms, minor));
  });

/** So much goes back to the buyer, and the rest to the seller. */
const settle = (command: DecideDispute, escrow: Escrow, terms: Terms, minor: bigint): PaymentEvent[] => {
  const { currency } = escrow.amount;
  const refunded = { minor, currency };
  const rest = { minor: leftOf(escrow).minor - minor, currency };
  const ended: PaymentEvent = {
    ...{ type: 'DisputeEnded', disputeId: command.disputeId, shipmentId: escrow.shipmentId },
    ...{ outcome: command.inFavourOf, by: command.by, refunded, released: rest },
  };
  const back = refund(terms, [{ ...escrow, amount: refunded }], command.refundId);
  // An escrow of nothing is released, too: it is not left behind.
  const toSeller = rest.minor > 0n || back.length === 0 ? [released(escrow, rest)] : [];
  return [ended, ...back, ...toSeller];
};

/** The buyer has changed their mind: what was held back goes on. */
export const withdrawDispute = (
  { disputeId, shipmentId }: Command<'WithdrawDispute'>,
  payment: Payment,
): PaymentDecision =>
  onEscrow(payment, shipmentId, (escrow) => {
    if (escrow.frozenBy !== disputeId) return refuse('ALREADY_DECIDED');
    const nothing = zero(escrow.amount.currency);
    const amount = escrow.releaseDue ? leftOf(escrow) : nothing;
    const ended: PaymentEvent = {
      ...{ type: 'DisputeEnded', disputeId, shipmentId, outcome: 'WITHDRAWN' },
      ...{ by: null, refunded: nothing, released: amount },
    };
    return escrow.releaseDue ? accept<PaymentEvent>(ended, released(escrow, amount)) : accept(ended);
  });

/** A dispute about what has all gone back for another reason has nothing left to decide. */
export const lapse = (escrow: Escrow, minor: bigint): PaymentEvent[] => {
  if (!isHeld(escrow) || escrow.frozenBy === null || minor < leftOf(escrow).minor) return [];
  const nothing = zero(escrow.amount.currency);
  return [
    {
      ...{ type: 'DisputeEnded', disputeId: escrow.frozenBy, shipmentId: escrow.shipmentId },
      ...{ outcome: 'LAPSED', by: null, refunded: nothing, released: nothing },
    },
  ];
};
