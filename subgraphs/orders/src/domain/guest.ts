/** Buyers without an account. No account can have such an id, and nothing of the person is in it. */
import { asId, type Id } from '@emporium/domain';

const space = 'guest:';

/**
 * Who stands behind what a guest holds. Of an order it is its buyer, of a cart whoever shops with it: so that who holds one
 * order is nobody in another, even when both came from one cart.
 */
export const guestOf = (held: Id<'Order'> | Id<'Cart'>): Id<'User'> => asId(`${space}${held}`);

/** Holds nothing: what somebody is who sends a token that opens nothing. */
export const nobody: Id<'User'> = asId(space);

export const isGuest = (id: Id<'User'>): boolean => id.startsWith(space);
