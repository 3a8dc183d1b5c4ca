import { wholePpm } from '../../domain/checkout/rules.ts';

const ppmOfPercent = wholePpm / 100;
const decimals = Math.log10(ppmOfPercent);

/** Millionths as a percentage without needless zeros: 88,750 is "8.875". */
export const showPercent = (ppm: number): string => {
  const fraction = String(ppm % ppmOfPercent).padStart(decimals, '0');
  return `${Math.floor(ppm / ppmOfPercent)}.${fraction}`.replace(/\.?0+$/, '');
};

/** A percentage as millionths; null when it has more than four decimals or is no share of a whole. */
export const readPercent = (percent: string): number | null => {
  const [whole = '', fraction = ''] = percent.split('.');
  const rest = fraction.slice(decimals);
  const ppm = Number(whole) * ppmOfPercent + Number(fraction.slice(0, decimals).padEnd(decimals, '0'));
  const isShare = !percent.startsWith('-') && /^0*$/.test(rest) && ppm <= wholePpm;
  return isShare ? ppm : null;
};
