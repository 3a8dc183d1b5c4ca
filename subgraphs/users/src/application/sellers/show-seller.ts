import type { Instant } from '@emporium/domain';
import { mayReadSeller, type Reader, type Seller, type SellerStatus } from '../../domain/seller.ts';
import type { UserView } from '../show-user.ts';

/** A seller as the schema takes them; who may see which field is said in its policy. */
export type SellerView = {
  readonly id: string;
  readonly displayName: string;
  readonly status: SellerStatus;
  readonly reason: string | null;
  readonly appliedAt: Instant;
  /** As of the user whose shop it is. */
  readonly shownTo?: UserView['shownTo'];
};

export const showSeller = ({ id, displayName, status, reason, appliedAt }: Seller): SellerView => ({
  id,
  displayName,
  status,
  reason,
  appliedAt,
});

/** The seller, or null for whom there is none. */
export const sellerAsSeenBy = (viewer: Reader, seller: Seller | null): SellerView | null =>
  seller && mayReadSeller(viewer, seller) ? showSeller(seller) : null;
