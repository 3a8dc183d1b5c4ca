import { badUserInput } from '@emporium/subgraph';

/**
 * Where a subscription is to go on; null for where it stands. What we never gave is BAD_USER_INPUT: whoever waited after it
 * would wait until everything up to it has happened, in silence. `last` asks the database, which every replica shares, and
 * which may have been put back to an earlier day.
 */
export const readAfterSequence = async (
  afterSequence: number | null | undefined,
  last: () => Promise<number>,
): Promise<number | null> => {
  if (afterSequence == null) return null;
  if (afterSequence < 0 || (afterSequence > 0 && afterSequence > (await last()))) {
    throw badUserInput('`afterSequence` must be a `sequence` that you received.', 'afterSequence');
  }
  return afterSequence;
};
