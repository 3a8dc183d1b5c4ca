import { describe, expect, it } from 'vitest';
import { readTraceparent, writeTraceparent } from './traceparent.ts';

const [trace, span] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];

describe('a traceparent', () => {
  it.each([0, 1, 255])('is read and written, flags %s', (traceFlags) => {
    const place = { traceId: trace, spanId: span, traceFlags };
    expect(readTraceparent(writeTraceparent(place))).toEqual(place);
  });

  it.each([
    undefined,
    '',
    `01-${trace}-${span}-01`,
    `00-${'0'.repeat(32)}-${span}-01`,
    `00-${trace}-${'0'.repeat(16)}-01`,
    `00-${trace.toUpperCase()}-${span}-01`,
    `00-${trace}-${span}-01-more`,
    `00-${trace}-${span}`,
    [`00-${trace}-${span}-01`],
  ])('is not %j', (text) => expect(readTraceparent(text)).toBeNull());
});
