import type { ExchangeRates, SettlementCurrencies } from '../application/ports.ts';
import { crossRate } from '../domain/conversion.ts';
import { showMillionths } from '../domain/millionths.ts';
import {
  type ExchangeRateRow,
  euroRateOf,
  exchangeRateColumns,
  exchangeRateOf,
  usableRate,
} from './euro-rates.ts';
import { Prisma } from './generated/client.ts';
import { takeTurns } from './turn.ts';

type Row = { readonly currency: string; readonly rate: string | null; readonly date: string | null };

/** What currencies are worth, in one transaction; rates of more than so many days ago are of no use any more. */
export const prismaExchangeRates = (tx: Prisma.TransactionClient, rateDays: number): ExchangeRates => ({
  present: async (from, to) => {
    const rows = await tx.$queryRaw<Row[]>`
      SELECT currency, rate, date FROM unnest(${[from, to]}::text[]) AS currency
      LEFT JOIN LATERAL ${usableRate(Prisma.sql`currency`, rateDays)} AS usable ON true`;
    const of = (currency: string) => {
      const row = rows.find((each) => each.currency === currency);
      return row ? euroRateOf(currency, row.rate, row.date) : null;
    };
    const [taken, given] = [of(from), of(to)];
    return taken && given && crossRate(taken, given);
  },
  ofDay: async (onDate) => {
    await takeTurns(tx, [`exchange-rates:${onDate}`]);
    const rows = await tx.$queryRaw<ExchangeRateRow[]>`
      SELECT ${exchangeRateColumns} FROM exchange_rates WHERE on_date = ${onDate}::date ORDER BY quote`;
    return rows.map(exchangeRateOf);
  },
  isKnown: async (currency) =>
    currency === 'EUR' || (await tx.exchangeRate.findFirst({ where: { quote: currency } })) !== null,
  add: async (rates, by) => {
    await tx.$executeRaw`
      INSERT INTO exchange_rates (id, quote, rate, on_date, source, set_by)
      SELECT *, ${by} FROM unnest(
        ${rates.map(({ id }) => id)}::text[], ${rates.map(({ currency }) => currency)}::text[],
        ${rates.map(({ millionths }) => showMillionths(millionths))}::numeric[],
        ${rates.map(({ onDate }) => onDate)}::date[], ${rates.map(({ source }) => source)}::text[])`;
  },
});

export const prismaSettlement = (tx: Prisma.TransactionClient): SettlementCurrencies => ({
  choose: async (sellerId, currency) => {
    await tx.$executeRaw`INSERT INTO settlement_choices (seller_id, currency) VALUES (${sellerId}, ${currency})`;
  },
});
