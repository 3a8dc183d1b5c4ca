import { tableOf } from '../stage/table.ts';

/** What one scenario cost with so many subscribers. */
export type Run = {
  readonly scenario: string;
  readonly subscribers: number;
  readonly upstreams: number;
  /** From the first socket until all had their first result, in seconds. */
  readonly connect: number;
  /** From the subgraph to the subscriber, in milliseconds. */
  readonly latencies: readonly number[];
  /** In bytes: when all are connected, and the most it was. */
  readonly rss: number;
  readonly mostRss: number;
};

const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);

const percentile = (sorted: Float64Array, part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;

const cellsOf = (run: Run): readonly string[] => {
  const sorted = Float64Array.from(run.latencies).sort();
  return [
    run.scenario,
    String(run.subscribers),
    String(run.upstreams),
    run.connect.toFixed(1),
    percentile(sorted, 0.5).toFixed(0),
    percentile(sorted, 0.99).toFixed(0),
    (sorted.at(-1) ?? 0).toFixed(0),
    mebibytes(run.rss),
    mebibytes(run.mostRss),
  ];
};

const titles = [
  '',
  'subscribers',
  'upstreams',
  'connect s',
  'p50 ms',
  'p99 ms',
  'last ms',
  'RSS MiB',
  'peak MiB',
];

export const runsOf = (runs: readonly Run[]): string => tableOf([titles, ...runs.map(cellsOf)]);

/** `heaps` are those of a gateway that nobody is connected to: after one cycle that it warms up with, and after each more. */
export const cyclesOf = (heaps: readonly number[], before: number): string => {
  const [first = 0] = heaps;
  const growth = ((heaps.at(-1) ?? 0) / first - 1) * 100;
  const megabytes = heaps.map((heap) => (heap / 2 ** 20).toFixed(1));
  return (
    `heap in MiB: ${(before / 2 ** 20).toFixed(1)} at the start; ` +
    `${megabytes[0]} after a first cycle; ${megabytes.slice(1).join(', ')} after each more: ${growth.toFixed(1)} %`
  );
};
