import type { FetchDataRewrite, QueryPlanSelectionNode } from '@apollo/query-planner';
import { expect, it } from 'vitest';
import type { Fetched } from './fetched.ts';
import { compileRepresentationText } from './representation-text.ts';
import { compileRepresentation, type IsOfType } from './representations.ts';

const field = (name: string, selections?: QueryPlanSelectionNode[]): QueryPlanSelectionNode => ({
  kind: 'Field',
  name,
  ...(selections && { selections }),
});
const on = (typeCondition: string, ...names: string[]): QueryPlanSelectionNode => ({
  kind: 'InlineFragment',
  typeCondition,
  selections: names.map((name) => field(name)),
});
const isOfType: IsOfType = (typename, condition) => typename === condition;

const objects: Readonly<Record<string, Fetched>> = {
  whole: { __typename: 'Book', id: 'a"\n', isbn: 7, tags: ['x', null], more: true },
  'with nulls': { __typename: 'Book', id: null, isbn: null, tags: null },
  'without a key': { __typename: 'Book', id: '1' },
  'of another type': { __typename: 'Film', id: '1', isbn: 2, tags: [] },
  'of no type': { id: '1', isbn: 2, tags: [] },
  'with a strange name': JSON.parse('{"__typename":"Book","__proto__":1,"constructor":2}'),
};
const requirements: Readonly<Record<string, QueryPlanSelectionNode[]>> = {
  plain: [on('Book', '__typename', 'id', 'isbn', 'tags')],
  'of strange names': [on('Book', '__typename', '__proto__', 'constructor')],
  'that no object has': [on('Book', '__typename', 'toString')],
  'of two fragments': [on('Book', '__typename', 'id'), on('Book', 'isbn')],
  'told twice': [on('Book', '__typename', 'id', 'id')],
  'without a type': [on('Book', 'id')],
};

it.each(Object.entries(requirements))('is the JSON of the representation: %s', (_, requires) => {
  const text = compileRepresentationText({ requires }, isOfType);
  const represent = compileRepresentation(requires, isOfType);
  for (const object of Object.values(objects)) {
    const representation = represent(object);
    expect(text(object)).toBe(representation && JSON.stringify(representation));
  }
});

it('is rewritten as the subgraph needs it', () => {
  const inputRewrites: FetchDataRewrite[] = [
    { kind: 'ValueSetter', path: ['... on Book', '__typename'], setValueTo: 'Item' },
  ];
  const text = compileRepresentationText(
    { requires: [on('Book', '__typename', 'id')], inputRewrites },
    isOfType,
  );
  expect(text({ __typename: 'Book', id: '1' })).toBe('{"__typename":"Item","id":"1"}');
});
