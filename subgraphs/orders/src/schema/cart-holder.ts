import { isSignedIn, readOptionalKey, unauthenticated, type Viewer } from '@emporium/subgraph';
import type { CartHolder } from '../application/change-cart.ts';
import type { UserId } from '../application/ports.ts';

/** How a guest says which cart is theirs. */
export const cartTokenArgument = {
  nullable: true,
  description:
    'Of a guest’s cart: the `cartToken` that came when it was opened. Who is signed in has a cart of their own, and needs none.',
} as const;

/** Whose cart is meant: one's own, or the guest's whose token is sent. UNAUTHENTICATED without either. */
export const holderOf = (viewer: Viewer, cartToken: string | null | undefined): CartHolder => {
  const token = readOptionalKey(cartToken, 'cartToken');
  if (isSignedIn(viewer)) return viewer.id as UserId;
  if (token !== null) return { cartToken: token };
  throw unauthenticated('Sign in first, or send the `cartToken` of a guest’s cart.');
};
