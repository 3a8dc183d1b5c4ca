import { expect, it } from 'vitest';
import { readPercent, showPercent } from './percent.ts';

it.each([
  ['20', 200_000],
  ['8.875', 88_750],
  ['0.0001', 1],
  ['100', 1_000_000],
  ['0', 0],
  ['10', 100_000],
])('%s %% is %s millionths', (percent, ppm) => {
  expect(readPercent(percent)).toBe(ppm);
  expect(showPercent(ppm)).toBe(percent);
});

it('zeros at the end make no difference', () => expect(readPercent('20.500000')).toBe(205_000));

it.each(['100.0001', '-1', '-0', '0.00001', '101'])('%s %% is none', (percent) =>
  expect(readPercent(percent)).toBeNull(),
);
