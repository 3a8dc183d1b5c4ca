import type { Instant } from '@emporium/domain';
import type { Viewer } from '@emporium/subgraph';
import { mayReadSeller, mayReadStatus, type Seller, type SellerStatus } from '../../domain/seller.ts';
import type { Dependencies } from '../ports.ts';

/** A seller as one particular viewer may see them: only the name, unless it is their own or they are ADMIN. */
export type SellerView = {
  readonly id: string;
  readonly displayName: string;
  readonly status: SellerStatus | null;
  readonly reason: string | null;
  readonly appliedAt: Instant | null;
};

type Onlooker = Pick<Viewer, 'id' | 'roles'>;

/** The seller, or null for whom there is none. */
export const showSeller = (seller: Seller, viewer: Onlooker): SellerView | null => {
  if (!mayReadSeller(viewer, seller)) return null;
  const { id, displayName, status, reason, appliedAt } = seller;
  return mayReadStatus(viewer, seller)
    ? { id, displayName, status, reason, appliedAt }
    : { id, displayName, status: null, reason: null, appliedAt: null };
};

/** Sellers as the viewer may see them, in the order of the ids. */
export const showSellers =
  ({ directory }: Pick<Dependencies, 'directory'>) =>
  async (ids: readonly string[], viewer: Viewer): Promise<readonly (SellerView | null)[]> => {
    const sellers = await directory.findSellers(ids);
    return sellers.map((seller) => seller && showSeller(seller, viewer));
  };
