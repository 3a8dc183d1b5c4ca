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
const byName = new Map(
  letters.flatMap((first) =>
    letters.flatMap((second) => {
      const name = regionNames.of(first + second);
      return name ? [[name, first + second] as const] : [];
    }),
  ),
);

/** ISO 3166-1 alpha-2 code of a country as the file names it; GB when the file does not know. */
export const countryCode = (name: string): string => spelledOtherwise[name] ?? byName.get(name) ?? 'GB';
