const units: Readonly<Record<string, number>> = { '': 1, k: 1_000, m: 1_000_000 };

/** A number of an option, such as 250, 10k or 1m; throws and names the option where it is none, or not from `least` to `most`. */
export const largeNumber = (name: string, text: string, least: number, most: number): number => {
  const [, digits = '', unit = ''] = /^(\d{1,7})([km]?)$/i.exec(text.trim()) ?? [];
  const number = Number(digits) * (units[unit.toLowerCase()] ?? 0);
  if (digits === '' || number < least || number > most)
    throw new Error(`--${name}: numbers from ${least} to ${most}, such as 1k or 1m`);
  return number;
};
