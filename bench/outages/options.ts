import { parseArgs } from 'node:util';
import { wholeNumber } from '../stage/whole-number.ts';

export const usage = `npm run bench:outages -- <online-retail.csv or .csv.gz> [options]
  --minutes <n>  how long visitors come and parts are killed (default 10)
  --rate <n>     what they do a second: 80 % browse, 15 % fill carts, 5 % buy (default 20)
  --every <n>    seconds from one kill to the next (default 20)
  --seed <n>     which parts are killed (default 1)`;

export type Options = {
  readonly file: string;
  readonly minutes: number;
  readonly rate: number;
  readonly every: number;
  readonly seed: number;
};

/** Throws for what it does not know. */
export const readOptions = (args: string[]): Options => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      minutes: { type: 'string', default: '10' },
      rate: { type: 'string', default: '20' },
      every: { type: 'string', default: '20' },
      seed: { type: 'string', default: '1' },
    },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Error(usage);
  return {
    file,
    minutes: wholeNumber('minutes', values.minutes, 60),
    rate: wholeNumber('rate', values.rate, 200),
    every: wholeNumber('every', values.every, 600),
    seed: wholeNumber('seed', values.seed, 1_000_000),
  };
};
