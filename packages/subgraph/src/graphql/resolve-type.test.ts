import { describe, expect, it } from 'vitest';
import { resolveType } from './resolve-type.ts';

describe('a value of a union', () => {
  it('says its type', () => expect(resolveType({ __typename: 'Order', id: '1' })).toBe('Order'));
  it.each([{}, { __typename: 7 }, { __typename: undefined }])('must say its type: %j', (value) =>
    expect(() => resolveType(value)).toThrow('does not say its type'),
  );
});
