import { table } from '../terminal/table.ts';
import type { ComparedDay } from './compare-day.ts';
import type { Amount, Case, Run } from './operations.ts';

/** What a person reads of a day: what each report came to, then each open difference. */
export const showDay = (date: string, { runs, open }: ComparedDay): string =>
  `${date}\n\n${showRuns(runs)}\n${showCases(open)}`;

const textOf = (amount: Amount | null): string | null => amount && `${amount.amount} ${amount.currency}`;

const showRuns = (runs: readonly Run[]): string =>
  table(
    runs.flatMap(({ provider, status, failure, totals }) => {
      const nothing = { outcome: failure ?? status, movements: 0, reported: null, booked: null };
      return (totals.length > 0 ? totals : [nothing]).map((total) => ({ provider, ...total }));
    }),
    {
      provider: ({ provider }) => provider,
      outcome: ({ outcome }) => outcome,
      movements: ({ movements }) => movements,
      reported: ({ reported }) => textOf(reported),
      booked: ({ booked }) => textOf(booked),
    },
    'No provider gives reports.',
  );

const showCases = (open: readonly Case[]): string =>
  table(
    open,
    {
      case: ({ id }) => id,
      provider: ({ provider }) => provider,
      difference: ({ kind }) => kind,
      movement: ({ movement }) => movement,
      reported: ({ reported }) => textOf(reported),
      booked: ({ booked }) => textOf(booked),
      'suggested journal': ({ suggestedJournal }) =>
        suggestedJournal
          .map(({ side, account, amount }) => `${side.toLowerCase()} ${account} ${amount.amount}`)
          .join(', '),
    },
    'No difference is open.',
  );
