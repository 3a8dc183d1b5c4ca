import type { Basket } from './basket.ts';
import { differenceReasons, type Explanation } from './explain-differences.ts';
import type { Check } from './reconcile.ts';

const shown = 5;
const pounds = (amount: { toFixed(decimals: number): string }) =>
  `£${amount.toFixed(3)}`.replace('£-', '-£').padStart(16);

/** The file's own total, led to the orders' total reason by reason. */
export const explanationLines = ({ file, ordered, differences }: Explanation): string[] => [
  '',
  `the file's total            ${pounds(file)}`,
  ...differenceReasons.map(
    (reason) =>
      `  ${reason.padEnd(14)} ${String(differences[reason].lines).padStart(6)} lines ${pounds(differences[reason].amount)}`,
  ),
  `the orders' total           ${pounds(ordered)}`,
];

/** What was not ordered, because the catalogue does not have it. */
export const leftOutLines = (baskets: readonly Basket[]): string[] => {
  const byCode = new Map<string, { lines: number; title: string }>();
  for (const { code, description } of baskets.flatMap(({ leftOut }) => leftOut)) {
    byCode.set(code, { lines: (byCode.get(code)?.lines ?? 0) + 1, title: description });
  }
  if (byCode.size === 0) return [];
  return [
    '',
    'left out, as the catalogue does not have it:',
    ...[...byCode].map(
      ([code, { lines, title }]) => `  ${code.padEnd(14)} ${String(lines).padStart(6)} lines  ${title}`,
    ),
  ];
};

/** One line per check, and the first few things that do not fit. */
export const checkLines = (checks: readonly Check[]): string[] => [
  '',
  ...checks.flatMap(({ what, wrong }) => [
    `${wrong.length === 0 ? 'ok    ' : 'WRONG '} ${what}`,
    ...wrong.slice(0, shown).map((line) => `         ${line}`),
    ...(wrong.length > shown ? [`         and ${wrong.length - shown} more`] : []),
  ]),
];
