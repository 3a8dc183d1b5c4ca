import { quantile } from '../stage/quantile.ts';
import { tableOf } from '../stage/table.ts';

/** What bystanders waited, in milliseconds, at rest and in the storm that came next, and how long it lasted, in seconds. */
export type Round = {
  readonly idle: readonly number[];
  readonly storm: readonly number[];
  readonly seconds: number;
};

const p95 = (values: readonly number[]): number => quantile(values, 0.95);
const median = (values: readonly number[]): number => quantile(values, 0.5);

const cellsOf = (name: string, idle: number, storm: number, ratio: number, rate: number) => [
  name,
  idle.toFixed(1),
  storm.toFixed(1),
  ratio.toFixed(2),
  rate.toFixed(0),
];

export const reportOf = (rounds: readonly Round[], accounts: number): string => {
  const figures = rounds.map(({ idle, storm, seconds }) => ({
    idle: p95(idle),
    storm: p95(storm),
    ratio: p95(storm) / p95(idle),
    rate: accounts / seconds,
  }));
  const of = (pick: (figure: (typeof figures)[number]) => number) => median(figures.map(pick));
  return tableOf([
    ['', 'idle p95, ms', 'storm p95, ms', 'ratio', 'logins/s'],
    ...figures.map(({ idle, storm, ratio, rate }, round) =>
      cellsOf(`round ${round + 1}`, idle, storm, ratio, rate),
    ),
    cellsOf(
      'median',
      of(({ idle }) => idle),
      of(({ storm }) => storm),
      of(({ ratio }) => ratio),
      of(({ rate }) => rate),
    ),
  ]);
};
