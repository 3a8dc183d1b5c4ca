import { parseArgs } from 'node:util';
import { largeNumber } from '../stage/large-number.ts';
import { wholeNumber } from '../stage/whole-number.ts';

export const usage = `npm run bench:ledger -- [options]
  --seconds <n>    how long each way of posting is measured (default 8)
  --at-once <n>    how many journals are on their way at a time (default 16)
  --journals <n>   how many the audited ledger has, such as 100k; at most 4m (default 1m)`;

export type Options = { readonly seconds: number; readonly atOnce: number; readonly journals: number };

/** Throws for what it does not know. */
export const readOptions = (args: string[]): Options => {
  const { values } = parseArgs({
    args,
    options: {
      seconds: { type: 'string', default: '8' },
      'at-once': { type: 'string', default: '16' },
      journals: { type: 'string', default: '1m' },
    },
  });
  return {
    seconds: wholeNumber('seconds', values.seconds, 600),
    atOnce: wholeNumber('at-once', values['at-once'], 80),
    journals: largeNumber('journals', values.journals, 1_000, 4_000_000),
  };
};
