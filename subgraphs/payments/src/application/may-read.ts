import { isAdmin, isSupport, type Viewer } from '@emporium/subgraph';
import type { PaymentView } from './views.ts';

/**
 * A payment is its buyer's, SUPPORT's and administrators' to see; a seller sees the part that is theirs, but not why a buyer's card did not pay, and
 * nobody else anything.
 */
export const paymentAsSeenBy = (viewer: Viewer, payment: PaymentView): PaymentView | null => {
  if (isAdmin(viewer) || isSupport(viewer) || (viewer.id !== null && viewer.id === payment.buyerId))
    return payment;
  const parts = payment.parts.filter(({ sellerId }) => sellerId === viewer.id);
  if (parts.length === 0) return null;
  const { currency } = payment.amount;
  const sum = (key: 'amount' | 'refunded') => ({
    minor: parts.reduce((total, part) => total + part[key], 0n),
    currency,
  });
  return { ...payment, amount: sum('amount'), refunded: sum('refunded'), parts, declineReason: null };
};

/** A wallet is the business of its owner and of administrators. */
export const mayReadWallet = (viewer: Viewer, userId: string): boolean =>
  isAdmin(viewer) || viewer.id === userId;

/** What cards somebody has is nobody else's business. */
export const mayReadPaymentMethods = (viewer: Viewer, userId: string): boolean => viewer.id === userId;
