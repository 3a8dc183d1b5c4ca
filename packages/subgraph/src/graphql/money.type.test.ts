import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import { readMoney, showMoney } from './money.type.ts';

describe('money', () => {
  it.each([
    ['12.50', 'GBP', 1250n],
    ['12.5', 'GBP', 1250n],
    ['12', 'GBP', 1200n],
    ['12.500000', 'GBP', 1250n],
    ['-0.01', 'GBP', -1n],
    ['-0', 'GBP', 0n],
    ['1250', 'JPY', 1250n],
    ['1.234', 'KWD', 1234n],
    ['9999999999.99', 'GBP', 999_999_999_999n],
    ['10000000000', 'GBP', 1_000_000_000_000n],
  ])('%s %s is %s minor units', (amount, currency, minor) =>
    expect(readMoney({ amount, currency }, 'price')).toEqual({ minor, currency }),
  );

  it.each([
    ['12.505', 'GBP', 'decimals'],
    ['1.5', 'JPY', 'decimals'],
    ['1.2345', 'KWD', 'decimals'],
    ['10000000000.01', 'GBP', 'too large'],
    ['-10000000000.01', 'GBP', 'too large'],
    ['999999999999999999', 'JPY', 'too large'],
  ])('%s %s is refused', (amount, currency, reason) =>
    expect(() => readMoney({ amount, currency }, 'input.price')).toThrow(
      expect.objectContaining({
        message: expect.stringContaining(reason),
        extensions: { code: 'BAD_USER_INPUT', field: 'input.price' },
      }),
    ),
  );

  it.each([
    [1250n, 'GBP', '12.50'],
    [-1n, 'GBP', '-0.01'],
    [0n, 'GBP', '0.00'],
    [1250n, 'JPY', '1250'],
    [5n, 'KWD', '0.005'],
    [9_007_199_254_740_993n, 'GBP', '90071992547409.93'],
  ])('%s minor units of %s are shown as %s', (minor, currency, amount) =>
    expect(showMoney({ minor, currency })).toEqual({ amount, currency }),
  );
});
