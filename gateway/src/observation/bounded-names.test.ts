import { expect, it } from 'vitest';
import { createBoundedNames } from './bounded-names.ts';

it('the names that a label takes are the first ones, and then other', () => {
  const name = createBoundedNames(2);
  expect(['a', 'b', 'c', 'a', 'd'].map(name)).toEqual(['a', 'b', 'other', 'a', 'other']);
});
