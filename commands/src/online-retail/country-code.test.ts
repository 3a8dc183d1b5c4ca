import { expect, it } from 'vitest';
import { countryCode } from './country-code.ts';

it.each([
  ['United Kingdom', 'GB'],
  ['EIRE', 'IE'],
  ['RSA', 'ZA'],
  ['United Arab Emirates', 'AE'],
  ['Czech Republic', 'CZ'],
  ['Unspecified', 'GB'],
])('%s is %s', (name, code) => expect(countryCode(name)).toBe(code));
