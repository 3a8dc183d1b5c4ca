import type { Return } from './return.ts';
import type { ReturnEvent } from './return-event.ts';

const statusAfter = {
  ReturnApproved: 'APPROVED',
  ReturnRejected: 'REJECTED',
  ReturnWithdrawn: 'WITHDRAWN',
  ReturnReceived: 'RECEIVED',
  ReturnRefunded: 'REFUNDED',
} as const;

/** The returns of an order after what happened to one of them. */
export const returnsAfter = (returns: readonly Return[], event: ReturnEvent): readonly Return[] => {
  if (event.type === 'ReturnRequested') {
    const { returnId: id, shipmentId, reason, lines, at } = event;
    const asked = { id, shipmentId, reason, lines, requestedAt: at, changedAt: at };
    return [...returns, { ...asked, status: 'REQUESTED', arrived: [], refund: null }];
  }
  const changed = {
    status: statusAfter[event.type],
    changedAt: event.at,
    ...(event.type === 'ReturnReceived' && { arrived: event.lines, refund: event.refund }),
    // It may be less than was to go back, because something else gave it back first.
    ...(event.type === 'ReturnRefunded' && { refund: event.amount }),
  };
  return returns.map((each) => (each.id === event.returnId ? { ...each, ...changed } : each));
};
