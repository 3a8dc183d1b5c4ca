import { CommandError } from '../terminal/command-error.ts';

/** What one euro was on a day, in the decimals of the file. */
export type DayOfRates = {
  /** YYYY-MM-DD. */
  readonly onDate: string;
  readonly rates: readonly { readonly quote: string; readonly rate: string }[];
};

/**
 * The euro foreign exchange reference rates as the European Central Bank gives them: `eurofxref.csv`, of one day, or
 * `eurofxref-hist.csv`, a line a day. Oldest first. Throws a CommandError NOT_RATES that names the line, before anything is kept.
 */
export const readReferenceRates = (text: string): DayOfRates[] => {
  const [head = '', ...lines] = text
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split(/\r?\n/);
  const [first, ...quotes] = cellsOf(head);
  const isHead = first === 'Date' && quotes.length > 0 && quotes.every((quote) => /^[A-Z]{3}$/.test(quote));
  if (!isHead || new Set(quotes).size < quotes.length)
    throw notRates(1, 'its first line is not "Date" and currencies, each once');
  if (lines.length === 0) throw notRates(2, 'there is no day');
  const days = lines.map((line, index) => readDay(line, quotes, index + 2));
  const ordered = days.toSorted((a, b) => (a.onDate < b.onDate ? -1 : 1));
  const twice = ordered.find(({ onDate }, index) => onDate === ordered[index + 1]?.onDate);
  if (twice) throw new CommandError('NOT_RATES', `The file has ${twice.onDate} twice.`);
  return ordered;
};

const notRates = (line: number, what: string): CommandError =>
  new CommandError('NOT_RATES', `This is no file of the ECB’s reference rates: line ${line}, ${what}.`);

/** Lines end with a comma. */
const cellsOf = (line: string): string[] => {
  const cells = line.split(',').map((cell) => cell.trim());
  return cells.at(-1) === '' ? cells.slice(0, -1) : cells;
};

const readDay = (line: string, quotes: readonly string[], number: number): DayOfRates => {
  const [day = '', ...cells] = cellsOf(line);
  const onDate = readDate(day);
  if (onDate === null) throw notRates(number, `"${day.slice(0, 20)}" is no day`);
  if (cells.length !== quotes.length)
    throw notRates(number, `${cells.length} rates under ${quotes.length} currencies`);
  const rates = quotes.flatMap((quote, index) => {
    const rate = cells[index] ?? '';
    if (rate === 'N/A') return [];
    if (!/^\d{1,7}(\.\d{1,6})?$/.test(rate) || /^[0.]*$/.test(rate))
      throw notRates(number, `"${rate.slice(0, 20)}" is no rate of ${quote}`);
    return [{ quote, rate }];
  });
  return { onDate, rates };
};

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** "2026-01-31", as in the history, or "31 January 2026", as in the file of a day; null for what is no day. */
const readDate = (text: string): string | null => {
  const [, day = '', month = '', year = ''] = /^(\d{1,2}) ([A-Z][a-z]+) (\d{4})$/.exec(text) ?? [];
  const iso = day
    ? `${year}-${String(months.indexOf(month) + 1).padStart(2, '0')}-${day.padStart(2, '0')}`
    : text;
  const at = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? new Date(`${iso}T00:00:00.000Z`) : null;
  return at && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso) ? iso : null;
};
