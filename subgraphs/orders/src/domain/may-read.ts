import type { Id } from '@emporium/domain';

/** Who looks at orders; without an id nobody is signed in. */
export type Onlooker = {
  readonly id: Id<'User'> | null;
  /** ADMIN and SUPPORT see every order whole. */
  readonly readsAll: boolean;
};

/** What of an order somebody sees: everything, or one seller's part. */
export type Part = 'WHOLE' | Id<'User'>;

type Parties = {
  readonly buyerId: Id<'User'>;
  /** The onlooker has a shipment in it. */
  readonly sellsIn: boolean;
  /** It was paid, and so became its sellers' to send, whatever became of it since. */
  readonly wasConfirmed: boolean;
};

/**
 * Everything for the buyer and whoever reads all, their own part for sellers once it was confirmed, nothing for others: who
 * bought nothing in the end does not tell every seller their name and address.
 */
export const partFor = (
  { id, readsAll }: Onlooker,
  { buyerId, sellsIn, wasConfirmed }: Parties,
): Part | null => {
  if (readsAll || (id !== null && id === buyerId)) return 'WHOLE';
  return sellsIn && wasConfirmed ? id : null;
};
