import { asId, type Instant } from '@emporium/domain';
import type { ExchangeRate, Transact } from './ports.ts';

export type SetExchangeRates = (
  wish: {
    /** YYYY-MM-DD, of UTC. */
    readonly onDate: string;
    readonly source: string | null;
    /** Each currency once, the euro not. */
    readonly rates: readonly Pick<ExchangeRate, 'currency' | 'millionths'>[];
  },
  by: string,
) => Promise<
  | { readonly ok: true; readonly rates: readonly ExchangeRate[] }
  | { readonly ok: false; readonly refusal: 'DAY_TO_COME' }
  | { readonly ok: false; readonly refusal: 'OTHER_RATE'; readonly currency: string }
>;

/** Sets rates of one day, all or none, and answers all of that day. The same again are no news; what is set is never another. */
export const createSetExchangeRates =
  (transact: Transact, now: () => Promise<Instant>): SetExchangeRates =>
  async ({ onDate, source, rates }, by) => {
    // Text order is time order.
    if (onDate > (await now()).slice(0, onDate.length)) return { ok: false, refusal: 'DAY_TO_COME' };
    return transact(async ({ newId, exchangeRates }) => {
      const set = new Map(
        (await exchangeRates.ofDay(onDate)).map(({ currency, millionths }) => [currency, millionths]),
      );
      const other = rates.find(
        ({ currency, millionths }) => set.has(currency) && set.get(currency) !== millionths,
      );
      if (other) return { ok: false, refusal: 'OTHER_RATE', currency: other.currency };
      const news = rates.filter(({ currency }) => !set.has(currency));
      if (news.length > 0) {
        await exchangeRates.add(
          news.map((rate) => ({ ...rate, id: newId<'ExchangeRate'>(), onDate, source })),
          asId(by),
        );
      }
      return { ok: true, rates: await exchangeRates.ofDay(onDate) };
    });
  };
