import { expect, it } from 'vitest';
import { encodingFor } from './compression.ts';

it.each([
  ['gzip, deflate, br', 'br'],
  ['gzip, deflate', 'gzip'],
  ['deflate', 'deflate'],
  ['*', 'br'],
  ['br;q=0.1, gzip;q=0.9', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['GZIP', 'gzip'],
  ['identity, gzip;q=0.5', 'none'],
  ['zstd', 'none'],
  ['', 'none'],
  [';;,=q', 'none'],
])('"%s" is answered with %s', (header, encoding) => {
  expect(encodingFor(header)).toBe(encoding);
  expect(encodingFor(header)).toBe(encoding);
});
