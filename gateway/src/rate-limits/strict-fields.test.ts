import { getOperationAST, parse } from 'graphql';
import { expect, it } from 'vitest';
import { createCountStrictFields } from './strict-fields.ts';

const countIn = (source: string, names = ['login', 'register']): number => {
  const document = parse(source);
  const operation = getOperationAST(document, 'Op');
  return operation ? createCountStrictFields(names)(document, operation) : Number.NaN;
};

it.each([
  ['mutation Op { login { id } }', 1],
  ['mutation Op { buy { login } }', 0],
  ['mutation Op { a: login { id } b: login { id } c: register { id } buy }', 3],
  [
    'mutation Op { ... { a: login } ...F @skip(if: true) } fragment F on Mutation { b: login ...G } fragment G on Mutation { register }',
    3,
  ],
  ['mutation Op { buy } mutation Other { login }', 0],
])('%s counts %i', (source, count) => expect(countIn(source)).toBe(count));

it('counts nothing when no field is strict', () => expect(countIn('mutation Op { login }', [])).toBe(0));

it('is not drowned by fragments that spread each other twice', () => {
  const levels = 40;
  const fragments = Array.from(
    { length: levels },
    (_, level) => `fragment F${level} on Mutation { ...F${level + 1} ...F${level + 1} }`,
  );
  const source = `mutation Op { ...F0 } ${fragments.join(' ')} fragment F${levels} on Mutation { login }`;
  expect(countIn(source)).toBe(2 ** levels);
});
