import { type FieldNode, parse, print } from 'graphql';
import { describe, expect, it } from 'vitest';
import { clientName, createWireNames } from './wire-names.ts';

const { nameOf, renamed } = createWireNames({
  names: new Set(['__typename', 'id', 'price']),
  withArguments: new Set(['price']),
});

const fieldOf = (text: string): FieldNode => {
  const [definition] = parse(`{ ${text} }`).definitions;
  if (definition?.kind !== 'OperationDefinition') throw new Error('no operation');
  return definition.selectionSet.selections[0] as FieldNode;
};

describe('a name on the wire', () => {
  it.each(['id', 'id: id', '__typename', 'name', 'other: name', 'other: id', 'name(first: 3)'])(
    'is the client’s own for %s',
    (field) => {
      const node = fieldOf(field);
      expect(nameOf(node)).toBe((node.alias ?? node.name).value);
    },
  );

  it.each(['id: name', 'id(of: 1)', '__typename: name', 'id: __typename', 'price', 'price(in: "EUR")'])(
    'is another for %s, which is not what a plan means by it',
    (field) => {
      const node = fieldOf(field);
      const called = (node.alias ?? node.name).value;
      expect(nameOf(node)).not.toBe(called);
      expect(clientName(nameOf(node))).toBe(called);
    },
  );

  it('is never the same for two names, also if a client knows how they are made', () => {
    const made = nameOf(fieldOf('id: name'));
    const node = fieldOf(`${made}: name`);
    expect(nameOf(node)).not.toBe(made);
    expect(clientName(nameOf(node))).toBe(made);
  });

  it('is written into the whole document, or the document stays what it is', () => {
    const document = parse('query Q { a { ...F } } fragment F on T { id: name  x: id }');
    const name = nameOf(fieldOf('id: name'));
    expect(print(renamed(document))).toBe(print(document).replace('id: name', `${name}: name`));
    const plain = parse('{ a { id  other: name } }');
    expect(renamed(plain)).toBe(plain);
  });
});
