import { parseArgs } from 'node:util';
import { wholeNumber } from '../stage/whole-number.ts';

export const usage = `npm run bench:last-units -- [options]
  --buyers <n>   how many want one unit each, all at once (default 200)
  --rounds <n>   how often for the last one, and as often for the last 50 (default 50)`;

export type Options = { readonly buyers: number; readonly rounds: number };

const most = { buyers: 1_000, rounds: 1_000 };

/** Throws for what it does not know. */
export const readOptions = (args: string[]): Options => {
  const { values } = parseArgs({
    args,
    options: { buyers: { type: 'string', default: '200' }, rounds: { type: 'string', default: '50' } },
  });
  const read = (name: keyof Options): number => wholeNumber(name, values[name], most[name]);
  return { buyers: read('buyers'), rounds: read('rounds') };
};
