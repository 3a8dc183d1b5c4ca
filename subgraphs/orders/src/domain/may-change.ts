/** Whose word moves an order. To anybody else it does not exist. */
import type { Id } from '@emporium/domain';
import type { Actor } from './order-command.ts';

type Bought = { readonly buyerId: Id<'User'> };
type Sold = { readonly sellerId: Id<'User'> };

export const mayCancel = (by: Actor, { buyerId }: Bought): boolean => by.isAdmin || by.id === buyerId;

export const maySend = (by: Actor, { sellerId }: Sold): boolean => by.isAdmin || by.id === sellerId;

/** The buyer calls off what they bought, a seller what they were to send. */
export const mayCallOff = (by: Actor, order: Bought, shipment: Sold): boolean =>
  mayCancel(by, order) || maySend(by, shipment);

/** Nobody says for the buyer that it has arrived, which pays the seller; or that they send it back, or keep it. */
export const hasBought = (by: Actor, { buyerId }: Bought): boolean => by.id === buyerId;
