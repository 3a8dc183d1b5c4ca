import { describe, expect, it } from 'vitest';
import { lackingBy } from './lacking.ts';

const pounds = (minor: bigint) => ({ minor, currency: 'GBP' });

describe('what a provider lacks', () => {
  it('is nothing while it holds enough', async () => {
    const lacking = lackingBy(async () => 5n);
    expect(await lacking('sandbox', pounds(5n))).toBe(0n);
  });

  it('is more when several are paid of the same money, before any of it is booked', async () => {
    const lacking = lackingBy(async () => 5n);
    const amounts = [2n, 4n, 1n].map((minor) => lacking('sandbox', pounds(minor)));
    expect(await Promise.all(amounts)).toEqual([0n, 1n, 1n]);
  });

  it('is reckoned for each provider and currency', async () => {
    const held = new Map([
      ['provider:card:GBP', 3n],
      ['provider:stripe:GBP', 2n],
    ]);
    const lacking = lackingBy(async (accountId) => held.get(accountId) ?? 0n);
    expect(await lacking('sandbox', pounds(3n))).toBe(0n);
    expect(await lacking('stripe', pounds(3n))).toBe(1n);
    expect(await lacking('sandbox', { minor: 1n, currency: 'JPY' })).toBe(1n);
  });
});
