import { expect, it } from 'vitest';
import { divideHalfEven } from './divide-half-even.ts';

it.each([
  [5n, 2n, 2n],
  [7n, 2n, 4n],
  [49n, 20n, 2n],
  [51n, 20n, 3n],
  [0n, 3n, 0n],
])('%s / %s is %s', (numerator, denominator, quotient) =>
  expect(divideHalfEven(numerator, denominator)).toBe(quotient),
);
