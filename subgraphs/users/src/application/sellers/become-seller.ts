import type { SellerApproval } from '../../domain/seller.ts';
import type { Dependencies } from '../ports.ts';
import { changeSeller, type SellerOutcome } from './change-seller.ts';

/** Applies to sell; where approval is automatic, the user sells at once. NOT_FOUND for no user of ours. */
export const becomeSeller = (
  dependencies: Pick<Dependencies, 'transact'> & { readonly sellerApproval: SellerApproval },
) => {
  const change = changeSeller(dependencies);
  const { sellerApproval: approval } = dependencies;
  return (userId: string, displayName: string): Promise<SellerOutcome> =>
    change(userId, ({ user, isVerified, at }) => ({
      type: 'Apply',
      userId: user.id,
      displayName,
      at,
      isVerified,
      approval,
    }));
};
