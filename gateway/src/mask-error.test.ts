import { GraphQLError } from 'graphql';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { maskError } from './mask-error.ts';
import { blame } from './observation/blame.ts';

const lines: string[] = [];
const logger = pino({}, { write: (line) => void lines.push(line) });

describe('an error that nobody worded', () => {
  it('is masked, and logged with the request that it belongs to', () => {
    const error = new GraphQLError('secret', { originalError: new Error('secret') });
    blame(error, 'request-1');
    expect(maskError(logger, false)(error.toJSON(), error).message).not.toContain('secret');
    expect(JSON.parse(lines.splice(0).join(''))).toMatchObject({
      msg: 'an operation failed',
      requestId: 'request-1',
      err: { message: 'secret' },
    });
  });
});

describe('an error with a code', () => {
  const told = (message: string, hideSuggestions: boolean) => {
    const error = new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
    return maskError(logger, hideSuggestions)(error.toJSON(), error).message;
  };
  const message = 'Variable "$input" got invalid value { a: 1 }; Field "a" is not defined by type "Input".';
  const suggesting = `${message} Did you mean "b" or "c"?`;

  it('says what may have been meant', () => expect(told(suggesting, false)).toBe(suggesting));
  it('does not, where the schema is hidden', () => {
    expect(told(suggesting, true)).toBe(message);
    expect(told(message, true)).toBe(message);
  });
});
