import type { Viewer } from '@emporium/subgraph';
import type { PaymentView } from './views.ts';

const isAdmin = ({ roles }: Viewer): boolean => roles.includes('ADMIN');

/** A payment is the business of its buyer, of the sellers whose escrow it fills, and of administrators. */
export const mayReadPayment = (viewer: Viewer, { buyerId, sellerIds }: PaymentView): boolean =>
  isAdmin(viewer) || (viewer.id !== null && (viewer.id === buyerId || sellerIds.includes(viewer.id)));

/** A wallet is the business of its owner and of administrators. */
export const mayReadWallet = (viewer: Viewer, userId: string): boolean =>
  isAdmin(viewer) || viewer.id === userId;
