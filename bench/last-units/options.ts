import { parseArgs } from 'node:util';

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
  const read = (name: keyof Options): number => {
    const value = Number(values[name]);
    if (!Number.isInteger(value) || value < 1 || value > most[name])
      throw new Error(`--${name} must be a whole number from 1 to ${most[name]}`);
    return value;
  };
  return { buyers: read('buyers'), rounds: read('rounds') };
};
