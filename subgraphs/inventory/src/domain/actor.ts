/** Who asks, as far as inventory cares. Without an id nobody is signed in. */
export type Actor = { readonly id: string | null; readonly isAdmin: boolean };

/** Somebody who looks and changes nothing: SUPPORT too. */
export type Reader = Actor & { readonly isSupport: boolean };

/** A variant's seller and administrators act for it. */
export const actsFor = (actor: Actor, { sellerId }: { readonly sellerId: string }): boolean =>
  actor.isAdmin || actor.id === sellerId;

/** What is on sale is public; what is not, is its seller's and the administrators' business. */
export const maySee = (
  actor: Actor,
  variant: { readonly sellerId: string; readonly active: boolean },
): boolean => variant.active || actsFor(actor, variant);

/** Where a seller's units are is no buyer's business. */
export const mayLookInside = (reader: Reader, { sellerId }: { readonly sellerId: string }): boolean =>
  actsFor(reader, { sellerId }) || reader.isSupport;
