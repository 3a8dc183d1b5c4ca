/** The places where a seller keeps goods: who may open and change them. */
import { accept, type Decision, refuse } from '@emporium/domain';
import { type Actor, actsFor } from './actor.ts';
import type { LocationId, UserId } from './ids.ts';

export type Location = {
  readonly id: LocationId;
  readonly sellerId: UserId;
  /** The seller's own name for it, unique among theirs. */
  readonly code: string;
  readonly name: string;
  /** What is elsewhere cannot be ordered. */
  readonly active: boolean;
  /** Orders take from the lowest first. */
  readonly priority: number;
  /** Where stock goes when nothing else is said; always active. */
  readonly isDefault: boolean;
};

export type NewLocation = Pick<Location, 'sellerId' | 'code' | 'name' | 'priority'>;

/** What is null stays as it is. */
export type LocationChange = {
  readonly name: string | null;
  readonly priority: number | null;
  readonly active: boolean | null;
};

export type LocationRefusal =
  | 'NOT_FOUND'
  | 'NOT_A_SELLER'
  | 'SELLER_SUSPENDED'
  | 'CODE_TAKEN'
  | 'TOO_MANY_LOCATIONS'
  | 'DEFAULT_LOCATION';

/** Whether the token says that they sell. */
export type Keeper = Actor & { readonly isSeller: boolean };

/** What is known of somebody before a location of theirs is opened or changed. */
export type SellersLocations = {
  /** False when inventory has not heard of them. */
  readonly isKnown: boolean;
  readonly maySell: boolean;
  readonly locations: readonly Location[];
};

const mostLocations = 50;

export const mayKeepLocations = (keeper: Keeper): boolean => keeper.isSeller || keeper.isAdmin;

/** The location to open; no event where it was opened before. */
export const open = (
  wanted: NewLocation,
  keeper: Keeper,
  { isKnown, maySell, locations }: SellersLocations,
): Decision<NewLocation, LocationRefusal> => {
  if (!mayKeepLocations(keeper)) return refuse('NOT_A_SELLER');
  if (!actsFor(keeper, wanted)) return refuse('NOT_FOUND');
  if (!isKnown && keeper.id !== wanted.sellerId) return refuse('NOT_FOUND');
  if (!(maySell || keeper.isAdmin)) return refuse('SELLER_SUSPENDED');
  const sameCode = locations.find(({ code }) => code === wanted.code);
  if (sameCode) {
    const isSame = sameCode.name === wanted.name && sameCode.priority === wanted.priority;
    return isSame ? accept() : refuse('CODE_TAKEN');
  }
  if (locations.length >= mostLocations) return refuse('TOO_MANY_LOCATIONS');
  return accept(wanted);
};

/** Nothing of it is decided by what may be changed: so nothing has to be held meanwhile. */
export const change = (
  wanted: LocationChange,
  actor: Actor,
  location: (Pick<Location, 'sellerId' | 'isDefault'> & { readonly maySell: boolean }) | null,
): Decision<LocationChange, LocationRefusal> => {
  if (!location || !actsFor(actor, location)) return refuse('NOT_FOUND');
  if (!(location.maySell || actor.isAdmin)) return refuse('SELLER_SUSPENDED');
  if (location.isDefault && wanted.active === false) return refuse('DEFAULT_LOCATION');
  return accept(wanted);
};
