import type { Measured } from '../stage/open-loop.ts';
import { quantile } from '../stage/quantile.ts';
import { tableOf } from '../stage/table.ts';
import type { Loaded } from './load.ts';

/** One kind of question at one size. */
export type Figure = { readonly question: string; readonly size: number; readonly measured: Measured };

export const loadingOf = ({ products, rows, indexes }: Loaded): string =>
  `${products.toLocaleString('en')} products loaded in ${rows.toFixed(1)} s: ${Math.round(products / rows).toLocaleString('en')} a second; then their words and the indexes in ${indexes.toFixed(1)} s`;

/** What answers took at each size, and how the median grew from the smallest to the largest. */
export const reportOf = (figures: readonly Figure[]): string => {
  const questions = [...new Set(figures.map(({ question }) => question))];
  const rows = questions.flatMap((question) => {
    const own = figures.filter((figure) => figure.question === question);
    const smallest = quantile(own[0]?.measured.took ?? [], 0.5);
    return own.map(({ size, measured: { took, seconds } }) => [
      question,
      size.toLocaleString('en'),
      (took.length / seconds).toFixed(0),
      ...[0.5, 0.95, 0.99].map((share) => quantile(took, share).toFixed(1)),
      `× ${(quantile(took, 0.5) / smallest).toFixed(2)}`,
    ]);
  });
  return tableOf([['', 'products', 'asked/s', 'p50, ms', 'p95, ms', 'p99, ms', 'growth of p50'], ...rows]);
};
