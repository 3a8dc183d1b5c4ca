import { parseArgs } from 'node:util';
import { z } from 'zod';
import { CommandError } from '../terminal/command-error.ts';

/** What was asked for on the command line. */
export const readArguments = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        subgraph: { type: 'string' },
        consumer: { type: 'string' },
        reason: { type: 'string' },
        since: { type: 'string' },
        until: { type: 'string' },
        first: { type: 'string', default: '20' },
        'older-than': { type: 'string', default: '60' },
        all: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        url: { type: 'string' },
        admin: { type: 'string', default: 'admin@emporium.test' },
        password: { type: 'string' },
        token: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
  } catch (error) {
    throw new CommandError('USAGE', `${error instanceof Error ? error.message : error} See --help.`);
  }
};

/** How many of each list. */
export const firstOf = ({ first }: Options): number => {
  const number = wholeNumber(first, 'first');
  if (number < 1 || number > 100) throw new CommandError('USAGE', '--first must be 1 to 100.');
  return number;
};

export type Options = ReturnType<typeof readArguments>['values'];

export const wholeNumber = (text: string, name: string): number => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0)
    throw new CommandError('USAGE', `--${name} must be a whole number, such as --${name} 20.`);
  return number;
};

/** ISO 8601, in UTC or with an offset from it; answers it in UTC. */
export const momentOf = (text: string | undefined, name: string): string => {
  const at = z.iso.datetime({ offset: true }).safeParse(text);
  if (!at.success)
    throw new CommandError(
      'USAGE',
      `Say --${name} as a time with its zone, such as --${name} 2026-01-31T09:30:00Z.`,
    );
  return new Date(at.data).toISOString();
};

export const reasonOf = ({ reason }: Options): string => {
  if (!reason?.trim())
    throw new CommandError('USAGE', 'Say why, with --reason "…": it is kept with who did it.');
  return reason;
};
