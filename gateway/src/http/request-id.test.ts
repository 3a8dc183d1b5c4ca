import { describe, expect, it } from 'vitest';
import { readRequestId } from './request-id.ts';

const own = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

describe('a request id', () => {
  it.each(['a', 'req-1', '01J9:edge/7+=@.', 'x'.repeat(128)])('is taken as it is: %s', (given) =>
    expect(readRequestId(given)).toBe(given),
  );

  it.each([undefined, '', 'x'.repeat(129), 'two words', 'a\nb', '"quoted"', 'ünï', ['a', 'b'], 7])(
    'is made anew instead of %j',
    (given) => expect(readRequestId(given)).toMatch(own),
  );
});
