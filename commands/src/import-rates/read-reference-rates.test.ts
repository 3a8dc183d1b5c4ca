import { describe, expect, it } from 'vitest';
import { readReferenceRates } from './read-reference-rates.ts';

/** The form is the ECB's; the numbers are invented. */
const history = ['Date,USD,JPY,CYP,', '2026-01-30,1.25,160.5,N/A,', '2026-01-29,1.2489,160,0.58,', ''].join(
  '\n',
);

describe('a file of reference rates', () => {
  it('is read, oldest day first, without what is not available', () =>
    expect(readReferenceRates(history)).toEqual([
      {
        onDate: '2026-01-29',
        rates: [
          { quote: 'USD', rate: '1.2489' },
          { quote: 'JPY', rate: '160' },
          { quote: 'CYP', rate: '0.58' },
        ],
      },
      {
        onDate: '2026-01-30',
        rates: [
          { quote: 'USD', rate: '1.25' },
          { quote: 'JPY', rate: '160.5' },
        ],
      },
    ]));
  it('of one day says it in words', () =>
    expect(readReferenceRates('\uFEFFDate, USD, JPY, \r\n02 January 2026, 1.25, 160.5, \r\n')).toEqual([
      {
        onDate: '2026-01-02',
        rates: [
          { quote: 'USD', rate: '1.25' },
          { quote: 'JPY', rate: '160.5' },
        ],
      },
    ]));

  it.each([
    ['is empty', '', /line 1/],
    ['is another table', 'Name,Price\nMug,1.00', /line 1/],
    ['names a currency twice', 'Date,USD,USD\n2026-01-30,1,1', /line 1/],
    ['has no day', 'Date,USD,', /line 2/],
    ['has a day that is none', 'Date,USD\n2026-02-30,1', /line 2, "2026-02-30" is no day/],
    ['has a month that is none', 'Date,USD\n30 Foo 2026,1', /line 2/],
    ['lacks a rate', 'Date,USD,JPY\n2026-01-30,1.2', /line 2, 1 rates under 2 currencies/],
    ['has a rate of zero', 'Date,USD\n2026-01-30,0.00', /"0.00" is no rate of USD/],
    ['has a rate below zero', 'Date,USD\n2026-01-30,-1', /is no rate of USD/],
    ['has a rate that is no number', 'Date,USD\n2026-01-30,NaN', /is no rate of USD/],
    ['has a day twice', 'Date,USD\n2026-01-30,1\n2026-01-30,1', /2026-01-30 twice/],
  ])('that %s is refused as a whole', (_what, text, reason) =>
    expect(() => readReferenceRates(text)).toThrow(
      expect.objectContaining({ code: 'NOT_RATES', message: expect.stringMatching(reason) }),
    ),
  );
});
