import { tableOf } from '../stage/table.ts';
import type { Measured } from './processes/clients.ts';

/** One gateway's turn in one round. */
export type Turn = Measured & {
  readonly name: string;
  readonly round: number;
  /** Microseconds of the gateway's own CPU time. */
  readonly cpu: number;
  readonly fetches: number;
};

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
};

const throughput = ({ requests, seconds }: Turn): number => requests / seconds;
const cpuPerOperation = ({ cpu, requests }: Turn): number => cpu / requests;

const columns: readonly (readonly [title: string, cell: (turns: readonly Turn[]) => string])[] = [
  ['requests/s', (turns) => median(turns.map(throughput)).toFixed(0)],
  ['p50 ms', (turns) => median(turns.map(({ p50 }) => p50)).toFixed(1)],
  ['p99 ms', (turns) => median(turns.map(({ p99 }) => p99)).toFixed(1)],
  ['CPU µs/op', (turns) => median(turns.map(cpuPerOperation)).toFixed(0)],
  ['core used', (turns) => `${median(turns.map(({ cpu, seconds }) => cpu / seconds / 1e4)).toFixed(0)} %`],
  ['fetches/op', (turns) => median(turns.map(({ fetches, requests }) => fetches / requests)).toFixed(2)],
];

/** Medians over the rounds, one line per gateway. */
export const mediansOf = (turns: readonly Turn[]): string => {
  const names = [...new Set(turns.map(({ name }) => name))];
  return tableOf([
    ['', ...columns.map(([title]) => title)],
    ...names.map((name) => {
      const own = turns.filter((turn) => turn.name === name);
      return [name, ...columns.map(([, cell]) => cell(own))];
    }),
  ]);
};

/** What one gateway is to another, round by round: a machine that is slow for a while is slow for both. */
export const ratiosOf = (turns: readonly Turn[], name: string, other: string): string | null => {
  const pairs = turns
    .filter((turn) => turn.name === name)
    .flatMap((turn) => {
      const against = turns.find((one) => one.name === other && one.round === turn.round);
      return against ? [[turn, against] as const] : [];
    });
  if (pairs.length === 0) return null;
  const served = pairs.map(([turn, against]) => throughput(turn) / throughput(against));
  const saved = pairs.map(([turn, against]) => cpuPerOperation(against) / cpuPerOperation(turn));
  return `${name} against ${other}: ${spread(served)} the requests/s, ${spread(saved)} the operations per CPU second`;
};

const spread = (ratios: readonly number[]): string =>
  `${median(ratios).toFixed(2)}× (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`;
