import { describe, expect, it } from 'vitest';
import { badUserInput, forbidden } from './errors.ts';
import { readRow } from './read-row.ts';

describe('a row of many', () => {
  it('says what it says', () => expect(readRow(() => 'mug')).toEqual({ ok: true, row: 'mug' }));

  it('says what is wrong with it, and where', () =>
    expect(
      readRow(() => {
        throw badUserInput('A price is above zero.', 'input.rows.3.price');
      }),
    ).toEqual({ ok: false, message: 'A price is above zero.', field: 'input.rows.3.price' }));

  it.each([new Error('a bug'), forbidden('not you')])('hides nothing else: %s', (error) =>
    expect(() =>
      readRow(() => {
        throw error;
      }),
    ).toThrow(error),
  );
});
