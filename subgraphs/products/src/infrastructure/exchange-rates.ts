import type { ExchangeRates } from '../application/ports.ts';
import { baseCurrency, type ExchangeRate } from '../domain/conversion.ts';
import { Prisma } from './generated/client.ts';

type Sql = Pick<Prisma.TransactionClient, '$queryRaw'>;

/** Of one day the last row counts. */
const newest = (sql: Sql, which: Prisma.Sql): Promise<ExchangeRate[]> =>
  sql.$queryRaw<ExchangeRate[]>`
    SELECT DISTINCT ON (quote) quote, trim_scale(rate)::text AS rate, on_date::text AS "onDate"
    FROM exchange_rates WHERE base = ${baseCurrency} AND ${which}
    ORDER BY quote, on_date DESC, id DESC`;

/** The newest rate of each currency, in one statement. */
export const newestExchangeRates = (sql: Sql): Promise<ExchangeRate[]> => newest(sql, Prisma.sql`TRUE`);

export const createExchangeRates = (tx: Prisma.TransactionClient): ExchangeRates => ({
  setOn: (onDate) => newest(tx, Prisma.sql`on_date = ${onDate}::date`),
  add: async (rates, by) => {
    await tx.$executeRaw`
      INSERT INTO exchange_rates (base, quote, rate, on_date, set_by)
      SELECT ${baseCurrency}, row.*, ${by} FROM unnest(
        ${rates.map(({ quote }) => quote)}::text[],
        ${rates.map(({ rate }) => rate)}::numeric[],
        ${rates.map(({ onDate }) => onDate)}::date[]) AS row`;
  },
});
