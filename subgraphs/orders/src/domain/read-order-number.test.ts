import { asId } from '@emporium/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderNumber } from './order-number.ts';
import { readNumberStart, readOrderNumber } from './read-order-number.ts';

describe('a number that somebody wrote', () => {
  it.each([
    ['as it is', 'E1K3-9Q0M-4TXB'],
    ['in small letters', 'e1k3-9q0m-4txb'],
    ['without dashes', 'E1K39Q0M4TXB'],
    ['in groups of its own', ' e1 k39–q0m 4t.xb '],
    ['with O for 0 and I for 1', 'EIK3-9QOM-4TXB'],
    ['with o for 0 and l for 1', 'elk3-9qom-4txb'],
  ])('is read %s', (_how, text) => expect(readOrderNumber(text)).toBe('E1K3-9Q0M-4TXB'));

  it.each(['', '-', 'E1K3', 'E1K3-9Q0M-4TXBA', 'E1K3-9Q0M-4TXU', 'E1K3%9Q0M_4TXB', 'ß'.repeat(12)])(
    'is none when it is %j',
    (text) => expect(readOrderNumber(text)).toBeNull(),
  );

  it('is found by every beginning of it', () => {
    const id = fc.uuidV(4).map((text) => asId<'Order'>(text));
    fc.assert(
      fc.property(id, fc.integer({ min: 1, max: 14 }), (order, length) => {
        const number = orderNumber(order);
        expect(readOrderNumber(number.toLowerCase())).toBe(number);
        const start = readNumberStart(number.slice(0, length));
        expect(start !== null && number.startsWith(start)).toBe(true);
      }),
    );
  });

  it('of endless length is not even looked at', () => {
    expect(readNumberStart('1 '.repeat(1_000_000))).toBeNull();
  });
});
