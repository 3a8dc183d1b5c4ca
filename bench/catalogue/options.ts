import { parseArgs } from 'node:util';
import { largeNumber } from '../stage/large-number.ts';
import { wholeNumber } from '../stage/whole-number.ts';

export const usage = `npm run bench:catalogue -- [options]
  --sizes <list>   how many products, ascending, separated by commas, such as 1k,10k,100k,1m (default 1k,10k,100k,1m)
  --seconds <n>    how long each kind of question is asked at each size (default 10)
  --seed <n>       another catalogue of the same kind (default 1)`;

export type Options = {
  readonly sizes: readonly number[];
  readonly seconds: number;
  readonly seed: number;
};

const readSize = (text: string): number => largeNumber('sizes', text, 100, 1_000_000);

/** Throws for what it does not know. */
export const readOptions = (args: string[]): Options => {
  const { values } = parseArgs({
    args,
    options: {
      sizes: { type: 'string', default: '1k,10k,100k,1m' },
      seconds: { type: 'string', default: '10' },
      seed: { type: 'string', default: '1' },
    },
  });
  const sizes = [...new Set(values.sizes.split(',').map(readSize))].toSorted((a, b) => a - b);
  return {
    sizes,
    seconds: wholeNumber('seconds', values.seconds, 300),
    seed: wholeNumber('seed', values.seed, 1_000_000),
  };
};
