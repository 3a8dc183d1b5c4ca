import { badUserInput, readOptionalKey } from '@emporium/subgraph';
import { iso31662 } from 'iso-3166';
import { readOptionalText, readText } from '../read-text.ts';

const subdivisions = new Set(iso31662.map(({ code }) => code));

const subdivision = /^(?:(?<country>[A-Z]{2})-)?(?<region>[A-Z\d]{1,3})$/;

/** A subdivision as ISO 3166-2 has it after the hyphen, in capitals; with its country before it, it is the same. */
export const readRegion = (
  value: string | null | undefined,
  country: string,
  field: string,
): string | null => {
  const text = readOptionalText(value, 10, field);
  if (text === null) return null;
  const groups = subdivision.exec(text.toUpperCase())?.groups;
  const region = groups?.region;
  const isOfCountry = groups?.country === undefined || groups.country === country;
  if (!region || !isOfCountry || !subdivisions.has(`${country}-${region}`)) {
    throw badUserInput(
      '`region` must be a subdivision of the country by its ISO 3166-2 code, such as "CA" in the US.',
      field,
    );
  }
  return region;
};

/** As a buyer typed it: 1 to 64 characters; null when none is sent. */
export const readCouponCode = (value: string | null | undefined): string | null => {
  const code = readOptionalKey(value, 'input.couponCode');
  return code === null ? null : readText(code, 64, 'input.couponCode');
};
