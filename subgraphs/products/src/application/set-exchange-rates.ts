import { refuse } from '@emporium/domain';
import type { Transact } from '@emporium/messaging';
import type { ExchangeRate } from '../domain/conversion.ts';
import type { Ports } from './ports.ts';

export type RatesOutcome =
  | { readonly ok: true; readonly rates: readonly ExchangeRate[] }
  | { readonly ok: false; readonly refusal: 'DAY_TO_COME' };

/** Sets rates of one day, and answers all that are set for it. What is set already is no news; what differs is corrected by another row. */
export const setExchangeRates =
  (transact: Transact<Ports>) =>
  (
    onDate: string,
    rates: readonly Omit<ExchangeRate, 'onDate'>[],
    by: { readonly id: string },
  ): Promise<RatesOutcome> =>
    transact(async ({ exchangeRates, outdate, now }): Promise<RatesOutcome> => {
      const at = await now();
      // Days are those of UTC; text order is time order.
      if (onDate > at.slice(0, onDate.length)) return refuse('DAY_TO_COME');
      const known = new Map((await exchangeRates.setOn(onDate)).map(({ quote, rate }) => [quote, rate]));
      const news = rates.filter(({ quote, rate }) => known.get(quote) !== rate);
      if (news.length > 0) {
        await exchangeRates.add(
          news.map((rate) => ({ ...rate, onDate })),
          by.id,
        );
        await outdate([{ what: 'variant', id: null }], at);
      }
      return { ok: true, rates: await exchangeRates.setOn(onDate) };
    });
