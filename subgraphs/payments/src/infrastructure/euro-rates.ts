/** What one euro was in other currencies, from the table to the domain's words and back. */
import { asId, asInstant } from '@emporium/domain';
import { decimalsOf } from '@emporium/subgraph';
import type { ExchangeRate } from '../application/ports.ts';
import type { EuroRate } from '../domain/conversion.ts';
import { million, readMillionths } from '../domain/millionths.ts';
import { Prisma } from './generated/client.ts';

const euro = 'EUR';

/** The newest rate of a currency that is not too old, as a subquery of `rate` and `date`, both texts. */
export const usableRate = (currency: Prisma.Sql, days: number): Prisma.Sql => Prisma.sql`(
  SELECT rate::text AS rate, on_date::text AS date FROM exchange_rates
  WHERE quote = ${currency} AND on_date >= (now() AT TIME ZONE 'UTC')::date - ${days}::integer
  ORDER BY on_date DESC LIMIT 1
)`;

/** Null where there is no rate; the euro needs none. */
export const euroRateOf = (currency: string, rate: string | null, date: string | null): EuroRate | null => {
  const decimals = decimalsOf(currency);
  if (currency === euro) return { currency, millionths: million, decimals, date: null };
  return rate === null || date === null
    ? null
    : { currency, millionths: readMillionths(rate), decimals, date };
};

export type ExchangeRateRow = {
  readonly id: string;
  readonly currency: string;
  readonly rate: string;
  readonly onDate: string;
  readonly source: string | null;
  readonly setAt: Date;
};

export const exchangeRateColumns = Prisma.sql`id, quote AS currency, rate::text, on_date::text AS "onDate", source, set_at AS "setAt"`;

export const exchangeRateOf = ({ id, rate, setAt, ...row }: ExchangeRateRow): ExchangeRate => ({
  ...row,
  id: asId(id),
  millionths: readMillionths(rate),
  setAt: asInstant(setAt.toISOString()),
});
