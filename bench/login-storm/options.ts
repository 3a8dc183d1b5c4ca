import { parseArgs } from 'node:util';
import { wholeNumber } from '../stage/whole-number.ts';

export const usage = `npm run bench:login-storm -- [options]
  --accounts <n>   how many sign in at once, each from an address of its own (default 200)
  --rounds <n>     how often, each after a look at the graph at rest (default 5)`;

export type Options = { readonly accounts: number; readonly rounds: number };

const most = { accounts: 2_000, rounds: 10 };

/** Throws for what it does not know. */
export const readOptions = (args: string[]): Options => {
  const { values } = parseArgs({
    args,
    options: { accounts: { type: 'string', default: '200' }, rounds: { type: 'string', default: '5' } },
  });
  const read = (name: keyof Options): number => wholeNumber(name, values[name], most[name]);
  return { accounts: read('accounts'), rounds: read('rounds') };
};
