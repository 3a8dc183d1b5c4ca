import type { Id } from '@emporium/domain';

/** The public face of a user who sells. Its id is the user's. */
export type Seller = {
  readonly id: Id<'User'>;
  readonly displayName: string;
  readonly active: boolean;
  /** Rises with every change. */
  readonly version: number;
};

/** A user may sell once they have said under which name; one account has one shop. */
export const openShop = (
  present: Seller | null,
  { userId: id, displayName }: { readonly userId: Id<'User'>; readonly displayName: string },
): Seller | 'ALREADY_A_SELLER' =>
  present ? 'ALREADY_A_SELLER' : { id, displayName, active: true, version: 1 };
