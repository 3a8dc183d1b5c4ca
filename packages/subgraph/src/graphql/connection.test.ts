import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import { encodeCursor, readPage, toConnection } from './connection.ts';

const badInput = (field: string) =>
  expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', field } });

/** A repository of letters that pages as the real ones do: `limit + 1` rows after the cursor. */
const letters = [...'abcdefg'];
const page = (first: number, after?: string | null) => {
  const asked = readPage(first, after, 1);
  const from = asked.after ? letters.indexOf(asked.after[0] ?? '') + 1 : 0;
  const rows = letters.slice(from, from + asked.limit + 1);
  return toConnection(
    rows,
    asked,
    (letter) => [letter],
    (letter) => letter,
  );
};
const nodesOf = (connection: ReturnType<typeof page>) => connection.edges.map(({ node }) => node).join('');

describe('a list', () => {
  it('is read page by page, each row once', () => {
    const first = page(3);
    expect(nodesOf(first)).toBe('abc');
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const second = page(3, first.pageInfo.endCursor);
    expect(nodesOf(second)).toBe('def');
    const third = page(3, second.pageInfo.endCursor);
    expect(nodesOf(third)).toBe('g');
    expect(third.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  it('ends with a page that is just full', () => expect(page(7).pageInfo.hasNextPage).toBe(false));

  it('goes on after any of its cursors', () => {
    const { edges } = page(5);
    expect(nodesOf(page(2, edges[1]?.cursor))).toBe('cd');
  });

  it('that is empty has no cursors', () => {
    const empty = toConnection(
      [],
      readPage(20, null, 1),
      () => [''],
      (row) => row,
    );
    expect(empty).toEqual({
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });
});

describe('a page', () => {
  it.each([1, 100])('may have %i rows', (first) => expect(readPage(first, null, 1).limit).toBe(first));
  it.each([0, -1, 1.5, 101, 100_000, Number.NaN])('may not have %d', (first) =>
    expect(() => readPage(first, null, 1)).toThrow(badInput('first')),
  );

  it('knows its cursors again, whatever they hold', () => {
    const values = ['2026-01-31T00:00:00.000Z', 'é"\\,', ''];
    expect(readPage(20, encodeCursor(values), 3).after).toEqual(values);
  });

  it.each([
    ['of another list', encodeCursor(['a', 'b'])],
    ['of no list', 'made up'],
    ['that holds no strings', Buffer.from('[1]').toString('base64url')],
    ['that is no list of values', Buffer.from('{"0":"a"}').toString('base64url')],
    ['that no database could read', encodeCursor(['\u0000'])],
    ['that is empty', ''],
    ['that is huge', encodeCursor(['x'.repeat(100_000)])],
  ])('does not begin after a cursor %s', (_what, after) =>
    expect(() => readPage(20, after, 1)).toThrow(badInput('after')),
  );

  it('of a list with a name begins after its own cursors alone', () => {
    const list = { name: 'letters NEWEST', values: /^[a-z]$/ };
    const asked = readPage(1, null, 1, list);
    const { pageInfo } = toConnection(
      ['b', 'a'],
      asked,
      (letter) => [letter],
      (letter) => letter,
    );
    expect(readPage(1, pageInfo.endCursor, 1, list).after).toEqual(['b']);
    const others = [
      ['b'],
      ['letters OLDEST', 'b'],
      ['letters NEWEST', 'zzz'],
      ['letters NEWEST', 'b', 'c'],
    ];
    for (const values of others)
      expect(() => readPage(1, encodeCursor(values), 1, list)).toThrow(badInput('after'));
  });
});
