import { describe, expect, it } from 'vitest';
import { readAddress } from './read-address.ts';

const home = {
  name: ' Ada  Lovelace ',
  line1: '1 High Street',
  line2: ' ',
  city: 'Leeds',
  region: null,
  postalCode: 'ls1  1aa',
  country: 'GB',
  phone: ' +44 113 496 0000 ',
};

const refusedField = (wrong: Partial<typeof home> | Record<string, unknown>): unknown => {
  try {
    return readAddress({ ...home, ...wrong } as never, 'input');
  } catch (error) {
    return (error as { extensions: unknown }).extensions;
  }
};

describe('an address', () => {
  it('is tidied', () =>
    expect(readAddress(home, 'input')).toEqual({
      ...home,
      name: 'Ada Lovelace',
      line2: null,
      postalCode: 'LS1 1AA',
      phone: '+44 113 496 0000',
    }));

  it.each([
    ['US', '12345-6789', 'New York'],
    ['CA', 'K1A 0B1', 'Ontario'],
    ['DE', '01067', null],
    ['AT', '1010', null],
    ['JP', '100-0001', '東京都'],
    ['NL', '1012 AB', null],
    ['BR', '01310-100', 'SP'],
    ['IE', null, null],
    ['IE', 'D02 X285', null],
    ['HK', null, null],
    ['HK', '999077', null],
    ['CL', null, null],
  ])('in %s with %s (%s) can be', (country, postalCode, region) =>
    expect(readAddress({ ...home, country, postalCode, region }, 'input')).toMatchObject({
      postalCode,
      region,
    }),
  );

  it.each([
    ['name', { name: '' }],
    ['name', { name: '\u202eadA' }],
    ['line1', { line1: 'x'.repeat(101) }],
    ['line2', { line2: 'x'.repeat(1_000_000) }],
    ['line2', { line2: ' '.repeat(1_000_000) }],
    ['city', { city: '   ' }],
    ['city', { city: 'ﷺ'.repeat(100_000) }],
    ['region', { country: 'US', postalCode: '12345' }],
    ['region', { country: 'AU', postalCode: '2000', region: ' ' }],
    ['postalCode', { postalCode: '12345' }],
    ['postalCode', { postalCode: '' }],
    ['postalCode', { postalCode: 'ＬＳ１ １ＡＡ' }],
    ['postalCode', { country: 'DE', postalCode: null }],
    ['postalCode', { country: 'CL', postalCode: 'x' }],
    ['postalCode', { country: 'HK', postalCode: '<script>' }],
    ['postalCode', { postalCode: '1'.repeat(1_000_000) }],
    ['phone', { phone: 'call me' }],
    ['phone', { phone: '1'.repeat(1_000_000) }],
  ])('needs another %s than in %j', (field, wrong) =>
    expect(refusedField(wrong)).toEqual({ code: 'BAD_USER_INPUT', field: `input.${field}` }),
  );
});
