import { buildSchema, getOperationAST, getVariableValues, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { compilePlainVariables } from './plain-variables.ts';

const schema = buildSchema(`
  scalar Day
  enum Size { SMALL LARGE }
  input Box { size: Size }
  type Query { a(b: ID, c: Float): Int }
`);
const operationOf = (declared: string) => {
  const operation = getOperationAST(parse(`query(${declared}) { a }`));
  if (!operation) throw new Error('no operation');
  return operation;
};

const values = [undefined, null, 'x', '', 1, -1, 1.5, 2 ** 31, Number.NaN, true, false, [], ['x'], {}];

describe('variables', () => {
  it.each(['ID', 'String', 'Int', 'Float', 'Boolean', 'ID!', 'String!', 'Int!', 'Float!', 'Boolean!'])(
    'of type %s that are plain are what graphql-js makes of them',
    (type) => {
      const operation = operationOf(`$v: ${type}`);
      const arePlain = compilePlainVariables(schema, operation);
      const plain = values.filter((v) => arePlain?.({ v }));
      expect(plain.length).toBeGreaterThan(0);
      for (const v of plain) {
        const given = v === undefined ? {} : { v };
        const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], given);
        expect(coerced).toEqual(given);
      }
    },
  );

  it('are not plain when one that must be there is not', () => {
    const arePlain = compilePlainVariables(schema, operationOf('$v: ID!, $w: Int'));
    expect([arePlain?.({ v: 'x' }), arePlain?.({ w: 1 }), arePlain?.({ v: null })]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('are not what every object inherits', () => {
    const arePlain = compilePlainVariables(schema, operationOf('$toString: ID!'));
    expect(arePlain?.({})).toBe(false);
  });

  it.each(['$v: [ID!]!', '$v: Box', '$v: Size', '$v: Day', '$v: Int = 1'])('take more to tell: %s', (v) => {
    expect(compilePlainVariables(schema, operationOf(v))).toBeNull();
  });
});
