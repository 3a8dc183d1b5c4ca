import type { Subscriber } from './processes/clients.ts';

/** Who subscribes to what, and how it changes. */
export type Scenario = {
  readonly name: string;
  readonly about: string;
  readonly subscribers: (tokens: readonly string[]) => readonly Subscriber[];
  /** How often each order changes. */
  readonly changes: number;
  /** Whether orders change one after the other, so that so many results a second are due; else there is but one. */
  readonly resultsPerSecond: number | null;
};

const viewersOfAnOrder = 10;

export const scenarios: readonly Scenario[] = [
  {
    name: 'one-viewer',
    about: 'all sockets are of one viewer, and follow one order',
    subscribers: (tokens) => tokens.map(() => ({ token: tokens[0] ?? '', order: 'order-0' })),
    changes: 10,
    resultsPerSecond: null,
  },
  {
    name: 'each-a-viewer',
    about: 'each socket is of another viewer, and all follow one order',
    subscribers: (tokens) => tokens.map((token) => ({ token, order: 'order-0' })),
    changes: 10,
    resultsPerSecond: null,
  },
  {
    name: 'spread',
    about: 'each socket is of another viewer, and ten follow each order',
    subscribers: (tokens) =>
      tokens.map((token, nth) => ({ token, order: `order-${Math.floor(nth / viewersOfAnOrder)}` })),
    changes: 1,
    resultsPerSecond: 1_000,
  },
];
