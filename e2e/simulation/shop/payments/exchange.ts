import { lowestTerms, type Rate } from '../../../../subgraphs/payments/src/domain/conversion.ts';
import { currency, foreignCurrency, sellerId } from '../ids.ts';

/** Who is paid in the other currency, whatever they are sold in. */
export const paidAbroad = sellerId(1);

const changesEveryMs = 20_000;

/** What one is in the other at that time; null of the other with itself. It moves, up and down. */
export const rateAt = (now: number, from: string): Rate | null =>
  from === currency
    ? {
        ...{ from, to: foreignCurrency, date: '2026-01-01' },
        ...lowestTerms(1_137_003n + 9_001n * BigInt(Math.floor(now / changesEveryMs) % 5), 1_000_000n),
      }
    : null;
