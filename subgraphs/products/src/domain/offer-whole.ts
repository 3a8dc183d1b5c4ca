import { accept, type Decision, refuse } from '@emporium/domain';
import { knownProducts, type Offer, type OfferRefusal, offerAgain, type Shop } from './offer.ts';
import { mayBecome, type ProductEvent } from './product.ts';

export type WholeOfferRefusal = OfferRefusal | 'ALREADY_PUBLISHED' | 'NEW_IS_ARCHIVED';

const isNone = (description: string | null): boolean => description === null || description === '';

/** A product that may be known, said whole as a file says it: its status counts, too, and an empty description is none. */
export const offerWhole = (offer: Offer, shop: Shop): Decision<ProductEvent, WholeOfferRefusal> => {
  const [known] = knownProducts(offer, shop);
  const { status } = offer;
  if (!known) return status === 'ARCHIVED' ? refuse('NEW_IS_ARCHIVED') : offerAgain(offer, shop);
  const isSame = offer.description !== undefined && isNone(offer.description) && isNone(known.description);
  const decision = offerAgain(isSame ? { ...offer, description: known.description } : offer, shop);
  if (!decision.ok || status === undefined || status === known.status) return decision;
  if (!mayBecome(status, known)) return refuse('ALREADY_PUBLISHED');
  return accept(...decision.events, { type: 'StatusChanged', status });
};
