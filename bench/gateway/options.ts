import { parseArgs } from 'node:util';

export const usage = `npm run bench:gateway -- [options]
  --rounds <n>      how often each gateway is measured, one after the other (default 5)
  --seconds <n>     how long each time (default 4)
  --clients <n>     each with a connection and a token of its own (default 50)
  --only <names>    of limit, ours, ours-sharing, stock, hive, separated by commas
  --before <file>   main.js of an earlier build of our gateway, to be measured beside it
  --profile <dir>   where each gateway, the subgraphs and the clients write CPU profiles, for Chrome's or any other viewer`;

export type Options = {
  readonly rounds: number;
  readonly seconds: number;
  readonly clients: number;
  readonly only: readonly string[] | null;
  readonly before: string | null;
  readonly profile: string | null;
};

/** Throws for what it does not know. */
export const readOptions = (args: string[]): Options => {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '4' },
      clients: { type: 'string', default: '50' },
      only: { type: 'string' },
      before: { type: 'string' },
      profile: { type: 'string' },
    },
  });
  const positive = (name: 'rounds' | 'seconds' | 'clients'): number => {
    const value = Number(values[name]);
    if (!(value > 0)) throw new Error(`--${name} must be a number above 0`);
    return value;
  };
  return {
    rounds: positive('rounds'),
    seconds: positive('seconds'),
    clients: positive('clients'),
    only: values.only?.split(',') ?? null,
    before: values.before ?? null,
    profile: values.profile ?? null,
  };
};
