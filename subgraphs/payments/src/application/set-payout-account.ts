import { asId } from '@emporium/domain';
import type { Transact } from './ports.ts';

/** Says where at Stripe what a user takes out goes from now on; what is on its way already goes where it was sent. */
export type SetPayoutAccount = (userId: string, account: string) => Promise<void>;

export const createSetPayoutAccount =
  (transact: Transact): SetPayoutAccount =>
  (userId, account) =>
    transact(({ payoutAccounts }) => payoutAccounts.set(asId(userId), 'stripe', account));
