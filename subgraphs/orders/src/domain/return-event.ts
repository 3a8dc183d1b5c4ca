/** What can happen to a return. What people say about it is kept apart from the order's history. */
import type { Id, Instant, Money } from '@emporium/domain';
import type { ArrivedUnits, ReturnReason } from './return.ts';
import type { Units } from './shipment.ts';

type OfReturn = {
  readonly at: Instant;
  readonly returnId: Id<'Return'>;
  readonly shipmentId: Id<'Shipment'>;
};

export type ReturnRequested = OfReturn & {
  readonly type: 'ReturnRequested';
  readonly lines: readonly Units[];
  readonly reason: ReturnReason;
  readonly by: Id<'User'>;
};
/** The seller waits for it, does not want it, or the buyer keeps it after all. */
export type ReturnDecided = OfReturn & {
  readonly type: 'ReturnApproved' | 'ReturnRejected' | 'ReturnWithdrawn';
  readonly by: Id<'User'>;
};
/** These units came back, and so much goes back for them. What did not come can be asked for again. */
export type ReturnReceived = OfReturn & {
  readonly type: 'ReturnReceived';
  readonly lines: readonly ArrivedUnits[];
  readonly refund: Money;
  readonly by: Id<'User'>;
};
/** The money is the buyer's again. */
export type ReturnRefunded = OfReturn & { readonly type: 'ReturnRefunded'; readonly amount: Money };

export type ReturnEvent = ReturnRequested | ReturnDecided | ReturnReceived | ReturnRefunded;
