import { isAdmin, isSupport, type Viewer } from '@emporium/subgraph';
import type { DisputeView } from './views.ts';

type Bought = { readonly buyerId: string };

/** Only who paid for it disputes a shipment, and only they think better of it. */
export const mayDispute = (viewer: Pick<Viewer, 'id'>, { buyerId }: Bought): boolean =>
  viewer.id !== null && viewer.id === buyerId;

/** A dispute is its buyer's, its seller's, SUPPORT's and administrators' to see. */
export const mayReadDispute = (viewer: Viewer, { buyerId, sellerId }: DisputeView): boolean =>
  mayReadNote(viewer, { buyerId }) || (viewer.id !== null && viewer.id === sellerId);

/** What the buyer said is for whoever decides; the seller is told the reason. */
export const mayReadNote = (viewer: Viewer, bought: Bought): boolean =>
  isAdmin(viewer) || isSupport(viewer) || mayDispute(viewer, bought);
