import type { SellerOutcome } from '../../application/sellers/change-seller.ts';
import { showSeller } from '../../application/sellers/show-seller.ts';
import type { Context } from '../context.ts';
import type { SellerType } from './seller.type.ts';
import { type SellerRefusal, sellerRefusal } from './seller-result.type.ts';

/** The seller after a change, or the refusal. */
export const showOutcome = (outcome: SellerOutcome, { loaders }: Context): SellerType | SellerRefusal => {
  if (!outcome.ok) return sellerRefusal(outcome.refusal);
  // What was read before the change is out of date.
  loaders.sellers.clear(outcome.seller.id);
  return { __typename: 'Seller', ...showSeller(outcome.seller) };
};
