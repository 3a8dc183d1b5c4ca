import { asId } from '@emporium/domain';
import type { Viewer } from '@emporium/subgraph';
import type { Transact } from './ports.ts';

/** Null is the currency of each sale. */
export type SetSettlementCurrency = (
  seller: Pick<Viewer, 'roles'> & { readonly id: string },
  currency: string | null,
) => Promise<{ readonly ok: true } | { readonly ok: false; readonly refusal: 'NOT_A_SELLER' | 'NO_RATE' }>;

export const isSeller = ({ roles }: Pick<Viewer, 'roles'>): boolean => roles.includes('SELLER');

/** In which currency a seller is paid what is sold from now on; what was sold before is paid as it was promised. */
export const createSetSettlementCurrency =
  (transact: Transact): SetSettlementCurrency =>
  async (seller, currency) => {
    if (!isSeller(seller)) return { ok: false, refusal: 'NOT_A_SELLER' };
    return transact(async ({ exchangeRates, settlement }) => {
      if (currency !== null && !(await exchangeRates.isKnown(currency)))
        return { ok: false, refusal: 'NO_RATE' };
      await settlement.choose(asId(seller.id), currency);
      return { ok: true };
    });
  };
