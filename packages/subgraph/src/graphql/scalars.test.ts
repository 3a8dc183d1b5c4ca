import { buildSchema, type GraphQLError, type GraphQLScalarType, graphqlSync, Kind } from 'graphql';
import { describe, expect, it } from 'vitest';
import { CountryCodeScalar, CurrencyCodeScalar, DateTimeScalar, DecimalScalar } from './scalars.ts';

const parse = (scalar: GraphQLScalarType, value: unknown): unknown => {
  try {
    return scalar.parseValue(value);
  } catch (error) {
    return (error as GraphQLError).extensions.code;
  }
};

const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const pairs = alphabet.flatMap((first) => alphabet.map((second) => first + second));

describe('DateTime', () => {
  it.each([
    ['2026-01-31T09:30:00Z', '2026-01-31T09:30:00.000Z'],
    ['2026-01-31T09:30:00.123456Z', '2026-01-31T09:30:00.123Z'],
    ['2026-01-31T09:30:00+02:00', '2026-01-31T07:30:00.000Z'],
    ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('%s is %s', (text, at) => expect(parse(DateTimeScalar, text)).toBe(at));

  it.each([
    '',
    'yesterday',
    '2026-01-31',
    '2026-01-31T09:30:00',
    '2026-02-30T00:00:00Z',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-01T23:59:60Z',
    '2026-01-01T00:00:00+99:99',
    '0000-01-01T00:00:00Z',
    '0000-12-31T23:59:59+14:00',
    '0001-01-01T00:00:00+00:01',
    '9999-12-31T23:59:59-14:00',
    1_769_850_600_000,
    null,
  ])('%j is none', (value) => expect(parse(DateTimeScalar, value)).toBe('BAD_USER_INPUT'));

  it('shows a Date in UTC', () =>
    expect(DateTimeScalar.serialize(new Date(0))).toBe('1970-01-01T00:00:00.000Z'));
});

describe('Decimal', () => {
  it.each(['0', '12.50', '-0.01', '999999999999999999.999999'])('%s stays as it is', (text) =>
    expect(parse(DecimalScalar, text)).toBe(text),
  );
  it.each([
    '',
    '.5',
    '5.',
    '1e3',
    '+1',
    ' 1',
    '1,5',
    'NaN',
    '0x10',
    '1'.repeat(19),
    '1.1234567',
    '１２',
    12.5,
  ])('%j is none', (value) => expect(parse(DecimalScalar, value)).toBe('BAD_USER_INPUT'));
});

describe('CurrencyCode', () => {
  it.each(['GBP', 'EUR', 'JPY', 'KWD'])('%s is one', (code) =>
    expect(parse(CurrencyCodeScalar, code)).toBe(code),
  );
  it.each(['', 'gbp', 'GB', 'GBPX', 'ZZZ', 'BTC', 826])('%j is none', (code) =>
    expect(parse(CurrencyCodeScalar, code)).toBe('BAD_USER_INPUT'),
  );
});

describe('CountryCode', () => {
  it('knows the 249 of ISO 3166-1', () =>
    expect(pairs.filter((code) => parse(CountryCodeScalar, code) === code)).toHaveLength(249));
  it.each(['GB', 'DE', 'US', 'TW', 'SS', 'AQ'])('%s is one', (code) =>
    expect(parse(CountryCodeScalar, code)).toBe(code),
  );
  it.each(['', 'gb', 'GBR', 'UK', 'EU', 'XK', 'SU', 'AN', 'DD', 'ZZ', 'AA', 'QM', 1])(
    '%j is none',
    (code) => expect(parse(CountryCodeScalar, code)).toBe('BAD_USER_INPUT'),
  );
  it.each(['UK', 'uk'])('says what who writes %j means', (code) =>
    expect(() => CountryCodeScalar.parseValue(code)).toThrow('United Kingdom is "GB"'),
  );
});

describe('every scalar', () => {
  it.each([DateTimeScalar, DecimalScalar, CurrencyCodeScalar, CountryCodeScalar])(
    '%s takes strings only',
    (scalar) => {
      expect(() => scalar.parseLiteral({ kind: Kind.INT, value: '1' }, {})).toThrow('must be a string');
    },
  );

  it('tells a client which argument was wrong, and how it should look', () => {
    const schema = buildSchema('scalar Decimal type Query { echo(amount: Decimal): String }');
    Object.assign(schema.getType('Decimal') as object, { parseValue: DecimalScalar.parseValue });
    const { errors } = graphqlSync({
      schema,
      source: 'query ($amount: Decimal) { echo(amount: $amount) }',
      variableValues: { amount: 'lots' },
    });
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(/"\$amount".*must look like "12\.50"/),
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  });
});
