import { asId } from '@emporium/domain';
import { describe, expect, it } from 'vitest';
import { faultOf } from './check-journal.ts';
import {
  adjustingJournal,
  type Difference,
  judge,
  type MatchOutcome,
  type Pair,
  suggestEntries,
} from './reconciliation.ts';

const pounds = (minor: bigint) => ({ minor, currency: 'GBP' });
const pair = (change: Partial<Pair>): Pair => ({
  movement: 'CAPTURE',
  reported: pounds(500n),
  booked: pounds(500n),
  isPending: false,
  isRepeated: false,
  ...change,
});

describe('a reported and a booked movement', () => {
  it.each<[string, Partial<Pair>, MatchOutcome]>([
    ['match', {}, 'MATCHED'],
    ['match although somebody still asks', { isPending: true }, 'MATCHED'],
    ['differ in the amount', { reported: pounds(501n) }, 'AMOUNT_DIFFERS'],
    ['differ in the currency', { reported: { minor: 500n, currency: 'EUR' } }, 'AMOUNT_DIFFERS'],
    [
      'differ in their amount although somebody still asks',
      { reported: pounds(1n), isPending: true },
      'AMOUNT_DIFFERS',
    ],
    ['are missing here', { booked: null }, 'MISSING_HERE'],
    ['are missing there', { reported: null }, 'MISSING_THERE'],
    ['are under way', { booked: null, isPending: true }, 'IN_FLIGHT'],
    ['are one too many', { isRepeated: true }, 'DUPLICATE'],
    [
      'are one too many even of what nobody knows',
      { isRepeated: true, booked: null, isPending: true },
      'DUPLICATE',
    ],
  ])('%s', (_, change, outcome) => expect(judge(pair(change))).toBe(outcome));
});

const lines = (difference: Difference) =>
  suggestEntries('card', difference).map(({ account, side, amount }) => `${side} ${account.id} ${amount}`);

describe('the suggested journal', () => {
  it.each<[string, Difference, string[]]>([
    [
      'keeps what nobody here knows as owed to somebody',
      { kind: 'MISSING_HERE', movement: 'CAPTURE', reported: pounds(500n), booked: null },
      ['DEBIT provider:card:GBP 500', 'CREDIT platform:unexplained:GBP 500'],
    ],
    [
      'writes off a capture that the provider does not know',
      { kind: 'MISSING_THERE', movement: 'CAPTURE', reported: null, booked: pounds(500n) },
      ['DEBIT platform:write-offs:GBP 500', 'CREDIT provider:card:GBP 500'],
    ],
    [
      'owes again what the provider did not pay out',
      { kind: 'MISSING_THERE', movement: 'PAYOUT', reported: null, booked: pounds(500n) },
      ['DEBIT provider:card:GBP 500', 'CREDIT platform:unexplained:GBP 500'],
    ],
    [
      'writes off a refund that nobody here asked for',
      { kind: 'MISSING_HERE', movement: 'REFUND', reported: pounds(500n), booked: null },
      ['DEBIT platform:write-offs:GBP 500', 'CREDIT provider:card:GBP 500'],
    ],
    [
      'books the difference alone',
      { kind: 'AMOUNT_DIFFERS', movement: 'CAPTURE', reported: pounds(480n), booked: pounds(500n) },
      ['DEBIT platform:write-offs:GBP 20', 'CREDIT provider:card:GBP 20'],
    ],
    [
      'swaps currencies',
      {
        kind: 'AMOUNT_DIFFERS',
        movement: 'CAPTURE',
        reported: { minor: 5n, currency: 'EUR' },
        booked: pounds(5n),
      },
      [
        'DEBIT provider:card:EUR 5',
        'CREDIT platform:unexplained:EUR 5',
        'DEBIT platform:write-offs:GBP 5',
        'CREDIT provider:card:GBP 5',
      ],
    ],
    [
      'keeps all of what was taken twice',
      { kind: 'DUPLICATE', movement: 'CAPTURE', reported: pounds(500n), booked: pounds(500n) },
      ['DEBIT provider:card:GBP 500', 'CREDIT platform:unexplained:GBP 500'],
    ],
  ])('%s', (_, difference, expected) => {
    expect(lines(difference)).toEqual(expected);
    const journal = adjustingJournal(asId('case'), 'card', difference, asId('ada'));
    expect(faultOf(journal)).toBeNull();
    expect(journal).toMatchObject({
      cause: 'case',
      actor: 'user:ada',
      idempotencyKey: 'reconciliation:case',
    });
  });
});
