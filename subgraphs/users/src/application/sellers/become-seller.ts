import type { SellerApproval } from '../../domain/seller.ts';
import { nowhere, type Origin } from '../origin.ts';
import type { Dependencies } from '../ports.ts';
import { changeSeller, type SellerOutcome } from './change-seller.ts';

/** Applies to sell; where approval is automatic, the user sells at once. NOT_FOUND for no user of ours. */
export const becomeSeller = (
  dependencies: Pick<Dependencies, 'transact'> & { readonly sellerApproval: SellerApproval },
) => {
  const change = changeSeller(dependencies);
  const { sellerApproval: approval } = dependencies;
  return (userId: string, displayName: string, origin: Origin = nowhere): Promise<SellerOutcome> =>
    change(userId, { id: userId, origin }, ({ user, isVerified, at }) => ({
      type: 'Apply',
      userId: user.id,
      displayName,
      at,
      isVerified,
      approval,
    }));
};
