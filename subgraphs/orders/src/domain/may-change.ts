/** Whose word moves an order. To anybody else it does not exist. */
import type { Id } from '@emporium/domain';
import type { Actor } from './order-command.ts';

type Bought = { readonly buyerId: Id<'User'> };
type Sold = { readonly sellerId: Id<'User'> };

export const mayCancel = (by: Actor, { buyerId }: Bought): boolean => by.isAdmin || by.id === buyerId;

export const maySend = (by: Actor, { sellerId }: Sold): boolean => by.isAdmin || by.id === sellerId;

/** The buyer calls off what they bought, a seller what they were to send. */
export const mayCallOff = (by: Actor, line: Bought & Sold): boolean =>
  mayCancel(by, line) || maySend(by, line);

/** Nobody can say for the buyer that it has arrived: it pays the seller. */
export const mayReceive = (by: Actor, { buyerId }: Bought): boolean => by.id === buyerId;

/** It is the buyer who sends back what they have, or keeps it. */
export const mayReturn = (by: Actor, { buyerId }: Bought): boolean => by.id === buyerId;
