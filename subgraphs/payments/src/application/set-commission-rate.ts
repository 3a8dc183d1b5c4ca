import { asId, type Instant } from '@emporium/domain';
import type { CommissionRate, Transact, UserId } from './ports.ts';

export type SetCommissionRate = (
  rate: Pick<CommissionRate, 'sellerId' | 'currency' | 'basisPoints'> & {
    /** Null is now. */
    readonly validFrom: Instant | null;
  },
  by: UserId,
) => Promise<
  | { readonly ok: true; readonly rate: CommissionRate }
  | { readonly ok: false; readonly refusal: 'IN_THE_PAST' }
>;

/** What the marketplace keeps from a moment on. What was sold before stays as it was agreed. */
export const createSetCommissionRate =
  (transact: Transact, now: () => Promise<Instant>): SetCommissionRate =>
  async ({ validFrom, ...wish }, by) => {
    const present = await now();
    if (validFrom !== null && validFrom < present) return { ok: false, refusal: 'IN_THE_PAST' };
    const rate = await transact(async ({ newId, commission }) => {
      const added = { ...wish, id: newId<'CommissionRate'>(), validFrom: validFrom ?? present };
      await commission.add(added, asId(by));
      return added;
    });
    return { ok: true, rate };
  };
