import { describe, expect, it } from 'vitest';
import { refuseCardNumber, refuseCardNumberAsKey, refuseCardNumberIn } from './refuse-card-number.ts';

describe('a card number in the place of a token', () => {
  it.each([
    '4242424242424242',
    '4242 4242 4242 4242',
    '3782-822463-10005',
    '6304000000000000',
    '4242.4242.4242.4242',
    '4111/1111_1111 1111',
    '４２４２４２４２４２４２４２４２',
    'tok_4242424242424242',
  ])('is refused, and not repeated: %s', (number) => {
    try {
      refuseCardNumber(number, 'input.token');
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', field: 'input.token' } });
      expect(JSON.stringify(error)).not.toContain(number);
    }
  });
  it.each([
    'tok_ok',
    'tok_1700000000004',
    'tok4242424242424242',
    '4242424242424241',
    '42424242',
    '4'.repeat(20),
  ])('is not what this is: %s', (token) =>
    expect(() => refuseCardNumber(token, 'input.token')).not.toThrow(),
  );
});

describe('a card number in what somebody writes', () => {
  it.each([
    '4242424242424242',
    'my card 4242 4242 4242 4242, the blue one',
    'no4242-4242-4242-4242',
    'No. 1: 4242.4242.4242.4242',
    '1 4242 4242 4242 4242',
    '４２４２ ４２４２ ４２４２ ４２４２',
    'amex 3782 822463 10005',
  ])('is refused, and not repeated: %s', (text) => {
    try {
      refuseCardNumberIn(text, 'input.label');
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', field: 'input.label' } });
      expect(JSON.stringify(error)).not.toContain(text);
    }
  });
  it.each(['Visa ending 4242', 'since 2024-01-31', '4242 4242', 'Card of 12/29'])('is not in %s', (text) =>
    expect(() => refuseCardNumberIn(text, 'input.label')).not.toThrow(),
  );
});

describe('a card number as a key', () => {
  it('is refused, and milliseconds are not', () => {
    expect(() => refuseCardNumberAsKey('4242 4242 4242 4242', 'key')).toThrow('card number');
    // The last digit happens to check the others.
    expect(() => refuseCardNumberAsKey('1700000000004', 'key')).not.toThrow();
  });
});
