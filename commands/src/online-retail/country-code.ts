/** The file's names of countries that ISO 3166-1 spells otherwise. */
const spelledOtherwise: Readonly<Record<string, string>> = {
  'Channel Islands': 'JE',
  'Czech Republic': 'CZ',
  EIRE: 'IE',
  'Hong Kong': 'HK',
  RSA: 'ZA',
  USA: 'US',
  // No country: the wholesaler is British.
  'European Community': 'GB',
  Unspecified: 'GB',
};

const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** UK and DD, for example, are only other ways to say GB and DE. */
const isCanonical = (code: string): boolean => Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;
const codes = letters.flatMap((first) => letters.map((second) => first + second)).filter(isCanonical);
const byName = new Map(codes.map((code) => [regionNames.of(code), code]));

/** ISO 3166-1 alpha-2 code of a country as the file names it; GB when the file does not know. */
export const countryCode = (name: string): string => spelledOtherwise[name] ?? byName.get(name) ?? 'GB';
