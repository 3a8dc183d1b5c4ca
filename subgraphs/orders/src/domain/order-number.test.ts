import { asId } from '@emporium/domain';
import { expect, it } from 'vitest';
import { orderNumber } from './order-number.ts';

it('is three groups of four that can be read out', () => {
  expect(orderNumber(asId('019b7a3c-1d2e-7f01-8abc-0123456789ab'))).toMatch(
    /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/,
  );
});

it('is the last 60 bits of the id', () => {
  expect(orderNumber(asId('019b7a3c-1d2e-7f01-8000-00000000001f'))).toBe('0000-0000-000Z');
  expect(orderNumber(asId('019b7a3c-1d2e-7f01-8fff-ffffffffffff'))).toBe('ZZZZ-ZZZZ-ZZZZ');
});
