import { RequestRefusedError } from '@emporium/client';
import { CommandError } from './command-error.ts';

/** Each thing that the gateway refused once, and what to do about it; any other error as it is. */
export const explained = (error: unknown): unknown => {
  if (!(error instanceof RequestRefusedError)) return error;
  if (error.errors.some(({ extensions }) => extensions?.code === 'FORBIDDEN'))
    return new CommandError(
      'FORBIDDEN',
      'Operators are ADMIN: name such an account with --admin and --password.',
    );
  return new Error([...new Set(error.message.split('\n'))].join('\n'));
};
