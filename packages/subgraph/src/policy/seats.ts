import { anonymous, type Role, type Viewer } from '../identity/viewer.ts';

/**
 * The seats from which an object can be looked at: what the matrix has a column for, and whom the authorization walk sends.
 * `owner` is who the object belongs to (an account's, an order's buyer), `seller` who sells it or in it; `stranger` and
 * `rival` are another buyer and another seller.
 */
export const seats = ['anonymous', 'stranger', 'owner', 'rival', 'seller', 'support', 'admin'] as const;

export type Seat = (typeof seats)[number];

const rolesOf: Record<Exclude<Seat, 'anonymous'>, readonly Role[]> = {
  stranger: ['BUYER'],
  owner: ['BUYER'],
  rival: ['BUYER', 'SELLER'],
  seller: ['BUYER', 'SELLER'],
  support: ['SUPPORT'],
  admin: ['BUYER', 'ADMIN'],
};

/** Somebody in that seat, as far as the roles go. */
export const viewerIn = (seat: Seat): Viewer =>
  seat === 'anonymous' ? anonymous : { id: seat, roles: rolesOf[seat], address: null };
