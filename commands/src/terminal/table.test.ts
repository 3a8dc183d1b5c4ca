import { describe, expect, it } from 'vitest';
import { ageOf, table } from './table.ts';

describe('a table', () => {
  it('is as wide as what is in it', () =>
    expect(
      table(
        [
          { id: 'p1', pending: 12_345, led: true },
          { id: 'longer', pending: 0, led: null },
        ],
        { id: ({ id }) => id, pending: ({ pending }) => pending, led: ({ led }) => led },
        'nothing',
      ),
    ).toBe('id      pending  led\np1      12,345   yes\nlonger  0        -\n'));

  it('says when there is nothing', () => expect(table([], {}, 'nothing')).toBe('nothing\n'));

  it('lets no text give orders to the terminal, or run on', () => {
    const shown = table(
      [{ reason: `\u001b[2Jgone\n${'x'.repeat(200)}` }],
      { reason: ({ reason }) => reason },
      '',
    );
    expect(shown).toContain(' [2Jgone x');
    expect(shown.split('\n')[1]).toHaveLength(80);
  });
});

it.each([
  [null, null],
  [0.4, '0 s'],
  [93, '1 min'],
  [7_300, '2 h'],
  [200_000, '2 d'],
])('%s seconds are %s', (seconds, text) => expect(ageOf(seconds)).toBe(text));
