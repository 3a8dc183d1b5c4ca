import { badUserInput } from '@emporium/subgraph';

/**
 * What we never gave: whoever waited after it would wait until everything up to it has happened, in silence. What has come is
 * for the database to say, which every replica shares, and which may have been put back to an earlier day.
 */
export const notReceived = () =>
  badUserInput('`afterSequence` must be a `sequence` that you received.', 'afterSequence');

/** Where a subscription is to go on; null for where it stands. One below zero is BAD_USER_INPUT. */
export const readAfterSequence = (afterSequence: number | null | undefined): number | null => {
  if (afterSequence == null) return null;
  if (afterSequence < 0) throw notReceived();
  return afterSequence;
};
