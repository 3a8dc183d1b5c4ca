import { parseArgs } from 'node:util';
import { scenarios } from './scenarios.ts';

const names: readonly string[] = [...scenarios.map(({ name }) => name), 'cycles'];

export const usage = `npm run bench:subscriptions -- [options]
  --sizes <n,…>     how many subscribers, one run after the other (default 100,1000,10000)
  --only <names>    of ${names.join(', ')}, separated by commas
  --profile <dir>   where each gateway writes a CPU profile, for Chrome's or any other viewer`;

export type Options = {
  readonly sizes: readonly number[];
  readonly only: readonly string[] | null;
  readonly profile: string | null;
};

/** Throws for what it does not know. */
export const readOptions = (args: string[]): Options => {
  const { values } = parseArgs({
    args,
    options: {
      sizes: { type: 'string', default: '100,1000,10000' },
      only: { type: 'string' },
      profile: { type: 'string' },
    },
  });
  const sizes = values.sizes.split(',').map(Number);
  if (!sizes.every((size) => Number.isInteger(size) && size > 0))
    throw new Error('--sizes must be whole numbers above 0, separated by commas');
  const only = values.only?.split(',') ?? null;
  const unknown = only?.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`There is no ${unknown}; there are ${names.join(', ')}.`);
  return { sizes, only, profile: values.profile ?? null };
};
