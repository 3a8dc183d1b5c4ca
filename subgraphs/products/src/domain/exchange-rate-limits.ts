/** What may be said of exchange rates. Each check answers with what is wrong, in words for a client, or null. */
import { quoteCurrencies } from './conversion.ts';

export const quoteProblem = (currency: string): string | null =>
  quoteCurrencies.includes(currency)
    ? null
    : `Rates are those of one euro in ${quoteCurrencies.join(', ')}.`;

const highestRate = 1_000_000n;

export const rateProblem = (rate: string): string | null => {
  const [whole = '', fraction = ''] = rate.split('.');
  const millionths = BigInt(whole + fraction.padEnd(6, '0'));
  return millionths > 0n && millionths <= highestRate * 1_000_000n
    ? null
    : 'A rate is above zero and at most a million.';
};

const day = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whether it is a day of the calendar, as YYYY-MM-DD; from 1999 on, when the euro began. */
export const isDay = (text: string): boolean => {
  const [, year, month, date] = (day.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || date === undefined) return false;
  return year >= 1999 && date >= 1 && date <= daysOf(year, month);
};

const daysOf = (year: number, month: number): number => {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
};
