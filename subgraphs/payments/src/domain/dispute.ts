/** What a buyer and a seller may disagree about, and how that ends. */

export const disputeReasons = [
  'NOT_RECEIVED',
  'DAMAGED',
  'NOT_AS_DESCRIBED',
  'INCOMPLETE',
  'OTHER',
] as const;
export type DisputeReason = (typeof disputeReasons)[number];

/** LAPSED: all that was held went back to the buyer for another reason, so that nothing was left to decide. */
export type DisputeOutcome = 'BUYER' | 'SELLER' | 'WITHDRAWN' | 'LAPSED';

export type DisputeStatus = 'OPEN' | DisputeOutcome;
