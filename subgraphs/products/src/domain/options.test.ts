import { describe, expect, it } from 'vitest';
import { arrange, optionsProblem, optionTerm, optionValuesProblem } from './options.ts';

const values = (pairs: Record<string, string>) =>
  Object.entries(pairs).map(([name, value]) => ({ name, value }));

describe('the options of variants', () => {
  const size = ['Size', 'Colour'];
  it('are put into the order of the product’s, whatever their capitals', () =>
    expect(
      arrange(size, [values({ colour: 'Red', size: 'L' }), values({ Size: 'L', Colour: 'Blue' })]),
    ).toEqual({
      ok: true,
      values: [
        ['L', 'Red'],
        ['L', 'Blue'],
      ],
    }));
  it('may be none', () => expect(arrange([], [[], []])).toEqual({ ok: true, values: [[], []] }));
  it.each([
    ['lack one', values({ Size: 'M' })],
    ['have one too many', values({ Size: 'M', Colour: 'Red', Fit: 'Slim' })],
    ['have another', values({ Size: 'M', Fit: 'Slim' })],
    ['are those of one before', values({ Size: 'l', Colour: 'RED' })],
  ])('are wrong where they %s', (_what, wrong) =>
    expect(arrange(size, [values({ Size: 'L', Colour: 'Red' }), wrong])).toEqual({
      ok: false,
      index: 1,
    }),
  );
  it('are told apart by name and value', () =>
    expect(optionTerm({ name: ' Colour', value: 'NAVY  blue' })).toBe('colour\u001fnavy blue'));
});

it.each([
  [['Size', 'Colour', 'Fit'], null],
  [['a', 'b', 'c', 'd'], ''],
  [['Size', 'SIZE'], '1'],
  [['Size', ''], '1'],
  [['x'.repeat(41)], '0'],
])('the options %j are wrong at %j', (names, path) =>
  expect(optionsProblem(names)?.path ?? null).toBe(path),
);

it.each([
  [values({ Size: 'L' }), null],
  [values({ Size: '' }), '0.value'],
  [values({ Size: 'L', size: 'M' }), '1'],
  [values({ Size: 'x'.repeat(41) }), '0.value'],
  [values({ a: 'a', b: 'b', c: 'c', d: 'd' }), ''],
])('the values %j are wrong at %j', (said, path) =>
  expect(optionValuesProblem(said)?.path ?? null).toBe(path),
);
