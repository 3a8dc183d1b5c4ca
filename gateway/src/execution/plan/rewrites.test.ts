import type { FetchDataRewrite } from '@apollo/query-planner';
import { describe, expect, it } from 'vitest';
import { compileRewrites, renamesOf } from './rewrites.ts';

const rename = (path: string[], renameKeyTo: string): FetchDataRewrite => ({
  kind: 'KeyRenamer',
  path,
  renameKeyTo,
});
const rewritten = (data: object, ...rewrites: FetchDataRewrite[]) => {
  compileRewrites(rewrites, (typename, condition) => typename === condition)?.(data);
  return data;
};

describe('a rewrite', () => {
  it.each([[1], [0], [''], [false], [null]])('renames a key whatever it holds: %j', (value) => {
    expect(rewritten({ a: [{ v0: value }, { w: 1 }] }, rename(['a', 'v0'], 'v'))).toEqual({
      a: [{ v: value }, { w: 1 }],
    });
  });

  it('looks at objects of its type only, and at those that do not say', () => {
    const data = { a: [{ __typename: 'A', v0: 1 }, { __typename: 'B', v0: 2 }, { v0: 3 }] };
    expect(rewritten(data, rename(['a', '... on A', 'v0'], 'v'))).toEqual({
      a: [{ __typename: 'A', v: 1 }, { __typename: 'B', v0: 2 }, { v: 3 }],
    });
  });

  it('sets a value', () => {
    expect(
      rewritten(
        { __typename: 'Book', id: 1 },
        { kind: 'ValueSetter', path: ['... on Book', '__typename'], setValueTo: 'Media' },
      ),
    ).toEqual({ __typename: 'Media', id: 1 });
  });

  it('tells the names that it takes from the wire', () => {
    expect(renamesOf([rename(['a', 'v0'], 'v')])).toEqual(new Map([['v0', 'v']]));
    expect(renamesOf(undefined).size).toBe(0);
  });
});
