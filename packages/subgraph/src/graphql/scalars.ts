import { GraphQLScalarType, Kind } from 'graphql';
import { badUserInput } from './errors.ts';

const textScalar = (
  name: string,
  description: string,
  specifiedByURL: string | null,
  parse: (text: string) => string,
) =>
  new GraphQLScalarType<string, string>({
    name,
    description,
    ...(specifiedByURL ? { specifiedByURL } : {}),
    serialize: (value) => (value instanceof Date ? value.toISOString() : String(value)),
    parseValue: (value) => {
      if (typeof value !== 'string') throw badUserInput(`${name} must be a string.`);
      return parse(value);
    },
    parseLiteral: (node) => {
      if (node.kind !== Kind.STRING) throw badUserInput(`${name} must be a string.`);
      return parse(node.value);
    },
  });

const rfc3339 = /^(\d{4})-(\d{2})-(\d{2})T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** `Date` alone would take the 30th of February for the 2nd of March. */
const isOnCalendar = (text: string): boolean => {
  const [, year, month, day] = rfc3339.exec(text) ?? [];
  return new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day);
};

/** What offsets move beyond them has five digits or the year 0, which neither text order nor Postgres knows. */
const isWithinYears = (at: Date): boolean => at.getUTCFullYear() >= 1 && at.getUTCFullYear() <= 9999;

export const DateTimeScalar = textScalar(
  'DateTime',
  'A moment as ISO 8601 in UTC, such as "2026-01-31T09:30:00.000Z", in the years 0001 to 9999.',
  'https://scalars.graphql.org/andimarek/date-time',
  (text) => {
    const at = isOnCalendar(text) ? new Date(text) : new Date(Number.NaN);
    if (Number.isNaN(at.getTime())) throw badUserInput('DateTime must look like "2026-01-31T09:30:00Z".');
    if (!isWithinYears(at)) throw badUserInput('DateTime must be in the years 0001 to 9999 in UTC.');
    return at.toISOString();
  },
);

const decimal = /^-?\d{1,18}(\.\d{1,6})?$/;

export const DecimalScalar = textScalar(
  'Decimal',
  'An exact decimal number as a string, such as "12.50". Never a float.',
  null,
  (text) => {
    if (!decimal.test(text))
      throw badUserInput(
        'Decimal must look like "12.50": up to 18 digits, up to 6 more after a point, no exponent.',
      );
    return text;
  },
);

const currencies = new Set(Intl.supportedValuesOf('currency'));

export const CurrencyCodeScalar = textScalar(
  'CurrencyCode',
  'An ISO 4217 currency code in capitals, such as "GBP".',
  'https://www.iso.org/iso-4217-currency-codes.html',
  (text) => {
    if (!currencies.has(text))
      throw badUserInput(`"${text.slice(0, 8)}" is no ISO 4217 currency code such as "GBP".`);
    return text;
  },
);

const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
/** Codes that Unicode names but ISO 3166-1 does not assign. */
const unassigned = new Set([
  'AC',
  'CP',
  'CQ',
  'DG',
  'EA',
  'EU',
  'EZ',
  'IC',
  'QO',
  'TA',
  'UN',
  'XA',
  'XB',
  'XK',
  'ZZ',
]);
/** UK and DD, for example, are only other ways to say GB and DE. */
const isCanonical = (code: string): boolean => Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;
const isCountry = (text: string): boolean =>
  /^[A-Z]{2}$/.test(text) &&
  !unassigned.has(text) &&
  regionNames.of(text) !== undefined &&
  isCanonical(text);

export const CountryCodeScalar = textScalar(
  'CountryCode',
  'An ISO 3166-1 alpha-2 country code in capitals, such as "GB".',
  'https://www.iso.org/iso-3166-country-codes.html',
  (text) => {
    if (text.toUpperCase() === 'UK')
      throw badUserInput('"UK" is no ISO 3166-1 country code; that of the United Kingdom is "GB".');
    if (!isCountry(text))
      throw badUserInput(`"${text.slice(0, 8)}" is no ISO 3166-1 country code such as "GB".`);
    return text;
  },
);
