import { describe, expect, it } from 'vitest';
import { fromPayPal, toPayPal } from './paypal-money.ts';

describe('an amount', () => {
  it.each([
    [1000n, 'GBP', '10.00'],
    [1n, 'GBP', '0.01'],
    [1000n, 'JPY', '1000'],
    [1000n, 'TWD', '10'],
  ])('of %d minor units of %s is %s, and back', (minor, currency, value) => {
    expect(toPayPal({ minor, currency })).toEqual({ currency_code: currency, value });
    expect(fromPayPal({ currency_code: currency, value })).toEqual({ minor, currency });
  });
  it('that is not whole is not asked for where PayPal takes whole ones alone', () =>
    expect(toPayPal({ minor: 1050n, currency: 'TWD' })).toBeNull());
  it.each([
    ['JPY', '10.00', 10n],
    ['GBP', '10', 1000n],
    ['GBP', '10.5', 1050n],
  ])('of %s may be told as %s', (currency, value, minor) =>
    expect(fromPayPal({ currency_code: currency, value })).toEqual({ minor, currency }),
  );
  it('with more decimals than its currency has is none', () =>
    expect(fromPayPal({ currency_code: 'GBP', value: '10.005' })).toBeNull());
});
