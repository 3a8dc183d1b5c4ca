import pLimit from 'p-limit';
import type { Metrics } from '../metrics.ts';

/** Runs a completion when its turn comes. */
export type TakeTurns = <Result>(complete: () => Promise<Result>) => Promise<Result>;

/**
 * At most `most` events are being completed at a time, first come first served: the memory of ten thousand fetches and results
 * would be needed at once when ten thousand viewers hear of one thing. An upstream comes with one event at a time and with its next
 * when that is done, so none gets ahead of the others, and each keeps its order.
 */
export const createCompletions = (
  most: number,
  { waitingCompletions }: Pick<Metrics, 'waitingCompletions'>,
): TakeTurns => {
  const limit = pLimit(most);
  return (complete) => {
    waitingCompletions.inc();
    return limit(() => {
      waitingCompletions.dec();
      return complete();
    });
  };
};
