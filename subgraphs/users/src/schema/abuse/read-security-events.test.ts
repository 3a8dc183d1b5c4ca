import { encodeCursor } from '@emporium/subgraph';
import { describe, expect, it } from 'vitest';
import { readEventsPage, readFilter } from './read-security-events.ts';

const nothing = { userId: null, kind: null, from: null, to: null };
const badField = (field: string) =>
  expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', field } });
const refusal = (read: () => unknown): unknown => {
  try {
    return read();
  } catch (error) {
    return error;
  }
};

describe('a filter', () => {
  it('that is left out is none', () => expect(readFilter(undefined)).toEqual(nothing));
  it('keeps within the years that the database knows', () =>
    expect(
      readFilter({ ...nothing, from: '0000-01-01T00:00:00.000Z', to: '+010000-01-01T00:00:00.000Z' }),
    ).toMatchObject({ from: '1970-01-01T00:00:00.000Z', to: '9999-01-01T00:00:00.000Z' }));
  it('must not end before it begins', () => {
    const [from, to] = ['2026-02-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'];
    expect(refusal(() => readFilter({ ...nothing, from, to }))).toEqual(badField('filter.from'));
  });
});

describe('a cursor', () => {
  it('is where the last page ended', () =>
    expect(readEventsPage(5, encodeCursor(['2026-01-01T00:00:00.000Z', 'id'])).before).toEqual({
      at: '2026-01-01T00:00:00.000Z',
      id: 'id',
    }));
  it.each([
    ['no time', ['yesterday', 'id']],
    ['a month that there is not', ['2026-13-01T00:00:00.000Z', 'id']],
    ['one part', ['2026-01-01T00:00:00.000Z']],
  ])('of %s is refused', (_what, parts) => {
    expect(refusal(() => readEventsPage(5, encodeCursor(parts)))).toEqual(badField('after'));
  });
});
