import { GraphQLError } from 'graphql';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { blame } from '../observation/blame.ts';
import { maskError } from './mask-error.ts';

const lines: string[] = [];
const mask = maskError(pino({}, { write: (line) => void lines.push(line) }));

describe('an error that nobody worded', () => {
  it('is masked, and logged with the request that it belongs to', () => {
    const error = new GraphQLError('secret', { originalError: new Error('secret') });
    blame(error, 'request-1');
    expect(mask(error.toJSON(), error).message).not.toContain('secret');
    expect(JSON.parse(lines.splice(0).join(''))).toMatchObject({
      msg: 'an operation failed',
      requestId: 'request-1',
      err: { message: 'secret' },
    });
  });
});
