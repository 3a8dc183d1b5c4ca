import type { Journal } from '../../subgraphs/payments/src/domain/journal.ts';
import { quantile } from '../stage/quantile.ts';

export type Post = (journal: Journal) => Promise<unknown>;

export type Posting = {
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly journals: number;
};

/** Posts one journal after another, so many at a time, for so long; milliseconds of each as it was waited for. */
export const postFor = async (
  seconds: number,
  atOnce: number,
  post: Post,
  next: () => Journal,
): Promise<Posting> => {
  const took: number[] = [];
  const began = performance.now();
  const until = began + seconds * 1000;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (performance.now() < until) {
        const from = performance.now();
        await post(next());
        took.push(performance.now() - from);
      }
    }),
  );
  const elapsed = (performance.now() - began) / 1000;
  return {
    perSecond: took.length / elapsed,
    p50: quantile(took, 0.5),
    p95: quantile(took, 0.95),
    journals: took.length,
  };
};
