import { parseArgs } from 'node:util';
import { largeNumber } from '../stage/large-number.ts';
import { wholeNumber } from '../stage/whole-number.ts';

export const usage = `npm run bench:checkout -- [options]
  --seconds <n>   how long orders are placed for in each part (default 60)
  --stored <list> how many orders there are already, such as 1k,1m (default 1k,1m)
  --sync <which>  when NATS syncs what it acknowledged: default, always or both (default both)`;

export type NatsSync = 'default' | 'always';

export type Options = {
  readonly seconds: number;
  readonly stored: readonly number[];
  readonly syncs: readonly NatsSync[];
};

const allSyncs: readonly NatsSync[] = ['default', 'always'];

const syncsOf = (text: string): readonly NatsSync[] => {
  const chosen = allSyncs.filter((sync) => text === sync || text === 'both');
  if (chosen.length === 0) throw new Error(`--sync is default, always or both, not ${text}.`);
  return chosen;
};

/** Throws for what it does not know. */
export const readOptions = (args: string[]): Options => {
  const { values } = parseArgs({
    args,
    options: {
      seconds: { type: 'string', default: '60' },
      stored: { type: 'string', default: '1k,1m' },
      sync: { type: 'string', default: 'both' },
    },
  });
  return {
    seconds: wholeNumber('seconds', values.seconds, 600),
    stored: values.stored
      .split(',')
      .map((text) => largeNumber('stored', text, 100, 2_000_000))
      .toSorted((a, b) => a - b),
    syncs: syncsOf(values.sync),
  };
};
