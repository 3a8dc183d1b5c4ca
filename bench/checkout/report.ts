import { quantile } from '../stage/quantile.ts';
import { tableOf } from '../stage/table.ts';
import type { Work } from './count-work.ts';
import type { NatsSync } from './options.ts';
import type { Sustained } from './sustain.ts';

/** What was measured with so many orders stored. Times in milliseconds. */
export type Figures = {
  readonly sync: NatsSync;
  readonly stored: number;
  readonly sustained: Sustained;
  /** Orders a second that were placed while times were taken. */
  readonly rate: number;
  readonly placing: readonly number[];
  readonly untilSeen: readonly number[];
  readonly myOrders: readonly number[];
  readonly work: Work;
};

const shares = [0.5, 0.95, 0.99];
const times = (took: readonly number[]): string =>
  shares.map((share) => quantile(took, share).toFixed(0)).join(' / ');

const rowOf = ({
  sync,
  stored,
  sustained,
  rate,
  placing,
  untilSeen,
  myOrders,
  work,
}: Figures): string[] => [
  `NATS syncs: ${sync}`,
  stored.toLocaleString('en'),
  (sustained.confirmed / sustained.seconds).toFixed(1),
  rate.toString(),
  times(placing),
  times(untilSeen),
  quantile(myOrders, 0.5).toFixed(1),
  work.statements.toFixed(1),
  work.messages.toFixed(1),
];

export const reportOf = (figures: readonly Figures[]): string => {
  const titles = [
    ...['', 'stored', 'confirmed/s', 'at orders/s', 'placeOrder', 'until seen confirmed', 'my orders, p50'],
    ...['statements/order', 'messages/order'],
  ];
  return `${tableOf([titles, ...figures.map(rowOf)])}\n\nTimes in ms, p50 / p95 / p99 where there are three.`;
};
