import { GraphQLError } from 'graphql';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { maskError } from './mask-error.ts';

const told = (message: string, hideSuggestions: boolean) => {
  const error = new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
  return maskError(pino({ level: 'silent' }), hideSuggestions)(error.toJSON(), error).message;
};

describe('an error with a code', () => {
  const message = 'Variable "$input" got invalid value { a: 1 }; Field "a" is not defined by type "Input".';
  const suggesting = `${message} Did you mean "b" or "c"?`;

  it('says what may have been meant', () => expect(told(suggesting, false)).toBe(suggesting));
  it('does not, where the schema is hidden', () => {
    expect(told(suggesting, true)).toBe(message);
    expect(told(message, true)).toBe(message);
  });
});
