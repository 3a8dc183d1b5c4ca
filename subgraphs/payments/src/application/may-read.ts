import { isAdmin, isSupport, type Viewer } from '@emporium/subgraph';
import type { PaymentView } from './views.ts';

/** What a card's owner must do is theirs alone: the secret in it lets whoever has it act for them. */
export const isBuyerOf = (viewer: Viewer, { buyerId }: Pick<PaymentView, 'buyerId'>): boolean =>
  viewer.id !== null && viewer.id === buyerId;

/**
 * A payment is its buyer's, SUPPORT's and administrators' to see; a seller sees the part that is theirs, but not why a buyer's card did not pay, and
 * nobody else anything.
 */
export const paymentAsSeenBy = (viewer: Viewer, seen: PaymentView): PaymentView | null => {
  const payment = isBuyerOf(viewer, seen) ? seen : { ...seen, nextAction: null };
  if (isAdmin(viewer) || isSupport(viewer) || isBuyerOf(viewer, payment)) return payment;
  const parts = payment.parts.filter(({ sellerId }) => sellerId === viewer.id);
  if (parts.length === 0) return null;
  const { currency } = payment.amount;
  const sum = (key: 'amount' | 'refunded') => ({
    minor: parts.reduce((total, part) => total + part[key], 0n),
    currency,
  });
  return { ...payment, amount: sum('amount'), refunded: sum('refunded'), parts, declineReason: null };
};

/** Of an order placed without an account, to the guest who sends its token; where one is sent, it decides alone. */
export const paymentAsOpened = (tokenHash: string, payment: PaymentView): PaymentView | null =>
  payment.guestTokenHash === tokenHash ? payment : null;

/** A wallet is the business of its owner and of administrators. */
export const mayReadWallet = (viewer: Viewer, userId: string): boolean =>
  isAdmin(viewer) || viewer.id === userId;

/** What cards somebody has is nobody else's business. */
export const mayReadPaymentMethods = (viewer: Viewer, userId: string): boolean => viewer.id === userId;
