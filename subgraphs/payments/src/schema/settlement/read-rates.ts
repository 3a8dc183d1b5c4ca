import { badUserInput } from '@emporium/subgraph';
import type { ExchangeRate } from '../../application/ports.ts';
import { million, readMillionths } from '../../domain/millionths.ts';
import { readText } from '../read-text.ts';
import type { SettlementRatesInput } from './settlement-rate.type.ts';

const most = 200;
const highest = 1_000_000n * million;

type Rates = {
  readonly onDate: string;
  readonly source: string | null;
  readonly rates: Pick<ExchangeRate, 'currency' | 'millionths'>[];
};

/** What was sent, if it can be the rates of a day. Whether that day is to come is the database's clock to say. */
export const readRates = ({ onDate, source, rates }: SettlementRatesInput): Rates => {
  if (!isDay(onDate)) throw badUserInput('A day looks like "2026-01-31", from 1999 on.', 'input.onDate');
  if (rates.length === 0 || rates.length > most)
    throw badUserInput(`Set 1 to ${most} rates.`, 'input.rates');
  const seen = new Set<string>();
  return {
    onDate,
    source: source == null ? null : readText(source, 'source', 100),
    rates: rates.map(({ quote, rate }, index) => {
      if (quote === 'EUR') throw badUserInput('Rates are of one euro.', `input.rates.${index}.quote`);
      if (seen.has(quote)) throw badUserInput(`${quote} occurs twice.`, `input.rates.${index}.quote`);
      seen.add(quote);
      return { currency: quote, millionths: readRate(rate, `input.rates.${index}.rate`) };
    }),
  };
};

const readRate = (rate: string, field: string): bigint => {
  const millionths = rate.startsWith('-') ? 0n : readMillionths(rate);
  if (millionths <= 0n || millionths > highest)
    throw badUserInput('A rate is above zero and at most a million.', field);
  return millionths;
};

/** Of the calendar, since there is the euro. */
const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < '1999') return false;
  const day = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
};
