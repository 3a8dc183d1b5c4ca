import { getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { expandedSize } from './expanded-size.ts';

const measure = (source: string) => {
  const document = parse(source);
  const operation = getOperationAST(document, 'A') ?? getOperationAST(document);
  if (!operation) throw new Error('no operation');
  return expandedSize(document, operation);
};

describe('the size of an operation', () => {
  it.each([
    ['a field', '{ a }', { depth: 1, rootFields: 1, fields: 1 }],
    ['fields in fields', '{ a { b c { d } } e }', { depth: 3, rootFields: 2, fields: 5 }],
    ['one field asked for again', '{ a a a: a }', { depth: 1, rootFields: 3, fields: 3 }],
    [
      'what fragments bring',
      '{ ...F ... { b { ...G } } } fragment F on T { a { ...G } } fragment G on T { c ... on U { d } }',
      { depth: 2, rootFields: 2, fields: 6 },
    ],
    ['one operation of several', 'query A { a } query B { a b c }', { depth: 1, rootFields: 1, fields: 1 }],
  ])('counts %s', (_what, source, expected) => expect(measure(source)).toEqual(expected));

  it('is measured in linear time, however often fragments are spread', () => {
    const chain = Array.from(
      { length: 60 },
      (_, n) => `fragment F${n} on T { a { ...F${n + 1} } b { ...F${n + 1} } }`,
    );
    const { depth, fields } = measure(`{ ...F0 } ${chain.join(' ')} fragment F60 on T { c }`);
    expect(depth).toBe(61);
    expect(fields).toBeGreaterThan(2 ** 60);
  });
});
