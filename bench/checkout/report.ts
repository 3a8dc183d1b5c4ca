import { quantile } from '../stage/quantile.ts';
import { tableOf } from '../stage/table.ts';
import type { Work } from './count-work.ts';
import type { Pace } from './keep-pace.ts';
import type { NatsSync } from './options.ts';
import { type ProcessorTime, workers } from './processor.ts';
import type { Sustained } from './sustain.ts';

type Measured = { readonly processor: ProcessorTime };
export type Paced = Pace & Measured;

/** What was measured with so many orders stored. Times in milliseconds. */
export type Figures = {
  readonly sync: NatsSync;
  readonly stored: number;
  readonly sustained: Sustained & Measured;
  readonly paces: readonly Paced[];
  readonly myOrders: readonly number[];
  readonly work: Work;
};

const shares = [0.5, 0.95, 0.99];
const times = (took: readonly number[]): string =>
  shares.map((share) => quantile(took, share).toFixed(0)).join(' / ');

const labelsOf = ({ sync, stored }: Figures): string[] => [
  `NATS syncs: ${sync}`,
  stored.toLocaleString('en'),
];

const rowOf = (figures: Figures): string[] => {
  const { sustained, myOrders, work } = figures;
  return [
    ...labelsOf(figures),
    (sustained.confirmed / sustained.seconds).toFixed(1),
    quantile(myOrders, 0.5).toFixed(1),
    work.statements.toFixed(1),
    work.messages.toFixed(1),
  ];
};

const paceRowsOf = (figures: Figures): string[][] =>
  figures.paces.map(({ rate, placing, untilSeen }) => [
    ...labelsOf(figures),
    rate.toString(),
    times(placing),
    times(untilSeen),
  ]);

/** What an order takes of each part's processor time, in ms: less of it the more of them come together. */
const processorRowsOf = (figures: Figures): string[][] => {
  const { sustained, paces } = figures;
  const measured = [
    { ...sustained, rate: sustained.placed / sustained.seconds, orders: sustained.placed },
    ...paces.map((pace) => ({ ...pace, orders: pace.placing.length })),
  ];
  return measured.map(({ rate, orders, processor }) => [
    ...labelsOf(figures),
    rate.toFixed(0),
    ...workers.map((name) => ((processor.get(name) ?? 0) / orders).toFixed(1)),
  ]);
};

export const reportOf = (figures: readonly Figures[]): string => {
  const titles = ['', 'stored', 'confirmed/s', 'my orders, p50', 'statements/order', 'messages/order'];
  const paceTitles = ['', 'stored', 'at orders/s', 'placeOrder', 'until seen confirmed'];
  return [
    tableOf([titles, ...figures.map(rowOf)]),
    tableOf([paceTitles, ...figures.flatMap(paceRowsOf)]),
    'Times in ms, p50 / p95 / p99 where there are three. Processor time of each part, in ms for an order:',
    tableOf([['', 'stored', 'at orders/s', ...workers], ...figures.flatMap(processorRowsOf)]),
  ].join('\n\n');
};
