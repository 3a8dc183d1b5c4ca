import { asInstant, type Instant } from '@emporium/domain';
import { badUserInput } from '@emporium/subgraph';
import { readOptionalText } from '../read-text.ts';

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
  if (!groups?.region || (groups.country !== undefined && groups.country !== country)) {
    throw badUserInput('`region` must be a subdivision of the country, such as "CA" in the US.', field);
  }
  return groups.region;
};

/** As a buyer typed it: 1 to 64 characters; null for nothing. */
export const readCouponCode = (value: string | null | undefined): string | null =>
  readOptionalText(value, 64, 'input.couponCode');

/** What the scalar let through is a moment in UTC; null for nothing. */
export const readInstant = (value: string | null | undefined): Instant | null =>
  value == null ? null : asInstant(value);
