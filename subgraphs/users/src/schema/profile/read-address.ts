/** Whether an address can be one in its country: BAD_USER_INPUT with the field's path and what to do. */
import { badUserInput } from '@emporium/subgraph';
import { postcodeValidator, postcodeValidatorExistsForCountry } from 'postcode-validator';
import { tidyName } from '../../domain/name.ts';
import type { PostalAddress } from '../../domain/profile/address-book.ts';
import type { SavedAddressInput } from './address.inputs.ts';

const longestPostalCode = 16;
/** For countries whose pattern nobody has written down. */
const anyPostalCode = /^[A-Z0-9](?:[A-Z0-9 -]*[A-Z0-9])?$/;

/** Where the post wants a code on every address (Universal Postal Union); elsewhere one may be given. */
const codeIsNeeded = new Set(
  `AT AU BE BG BR CA CH CN CZ DE DK EE ES FI FR GB GG GR HR HU IM IN IT JE JP KR LI LT LU LV MC MX MY NL NO NZ
   PH PL PR PT RO RU SE SG SI SK SM TR TW UA US VA ZA`.split(/\s+/),
);

/** Where a town's name alone does not say where it is. */
const regionIsNeeded = new Set(['AU', 'BR', 'CA', 'CN', 'IN', 'MX', 'US']);

const phoneNumber = /^\+?[\d ()./-]{5,31}$/;

export const readAddress = (input: SavedAddressInput, path: string): PostalAddress => {
  const line = (name: 'name' | 'line1' | 'city'): string =>
    readLine(input[name], `${path}.${name}`) ??
    missing(`${path}.${name}`, 'It has 1 to 100 characters, all of them printable.');
  const region = readLine(input.region, `${path}.region`);
  if (region === null && regionIsNeeded.has(input.country)) {
    missing(`${path}.region`, `An address in ${input.country} needs its state or province.`);
  }
  return {
    name: line('name'),
    line1: line('line1'),
    line2: readLine(input.line2, `${path}.line2`),
    city: line('city'),
    region,
    postalCode: readPostalCode(input.postalCode, input.country, `${path}.postalCode`),
    country: input.country,
    phone: readPhone(input.phone, `${path}.phone`),
  };
};

const missing = (field: string, message: string): never => {
  throw badUserInput(message, field);
};

/** Null when there is nothing in it. */
const readLine = (text: string | null | undefined, field: string): string | null => {
  if (text == null || (text.length < 1_000 && text.trim() === '')) return null;
  return tidyName(text) ?? missing(field, 'It has 1 to 100 characters, all of them printable.');
};

const readPostalCode = (text: string | null | undefined, country: string, field: string): string | null => {
  if (text == null || text === '') {
    return codeIsNeeded.has(country)
      ? missing(field, `An address in ${country} needs a postal code.`)
      : null;
  }
  // Measured before any pattern is tried on it.
  const code = text.length > 2 * longestPostalCode ? '' : text.trim().toUpperCase().replaceAll(/\s+/g, ' ');
  const isOne =
    code.length <= longestPostalCode &&
    anyPostalCode.test(code) &&
    (!postcodeValidatorExistsForCountry(country) || postcodeValidator(code, country));
  return isOne ? code : missing(field, `That is not a postal code as ${country} writes them.`);
};

const readPhone = (text: string | null | undefined, field: string): string | null => {
  if (text == null || text === '') return null;
  const phone = text.length > 64 ? '' : text.trim();
  return phoneNumber.test(phone)
    ? phone
    : missing(field, 'That is not a telephone number such as "+44 113 496 0000".');
};
