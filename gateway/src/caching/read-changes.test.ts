import { describe, expect, it } from 'vitest';
import { readChanges } from './read-changes.ts';

const one = { typename: 'Book', key: 'b1' };
const whole = { typename: 'Book', key: null };

describe('news of changes', () => {
  it.each([
    ['one', one, [one]],
    ['of a whole type', { typename: 'Book' }, [{ typename: 'Book' }]],
    ['several', { changed: [one, whole] }, [one, whole]],
    ['one in an envelope', { id: 'e1', occurredAt: 'now', payload: one }, [one]],
    ['several in an envelope', { id: 'e1', payload: { changed: [one, whole] } }, [one, whole]],
  ])('may be %s', (_what, json, changes) => expect(readChanges(json)).toEqual(changes));

  it.each([null, 'Book', {}, { typename: '' }, { typename: 1 }, { changed: one }, { payload: {} }])(
    'is not %j',
    (json) => expect(() => readChanges(json)).toThrow(),
  );
});
