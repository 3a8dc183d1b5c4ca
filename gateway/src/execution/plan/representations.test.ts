import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { describe, expect, it } from 'vitest';
import { compileRepresentation } from './representations.ts';

const field = (name: string, ...selections: QueryPlanSelectionNode[]): QueryPlanSelectionNode => ({
  kind: 'Field',
  name,
  ...(selections.length > 0 ? { selections } : {}),
});
const on = (typeCondition: string, ...selections: QueryPlanSelectionNode[]): QueryPlanSelectionNode => ({
  kind: 'InlineFragment',
  typeCondition,
  selections,
});
const media = new Set(['Book', 'Film']);
const represent = (...requires: QueryPlanSelectionNode[]) =>
  compileRepresentation(
    requires,
    (typename, condition) =>
      typename === condition || (condition === 'Media' && media.has(String(typename))),
  );

describe('a representation', () => {
  const book = {
    __typename: 'Book',
    id: 1,
    title: 'x',
    shelf: { row: 2, room: 'r' },
    parts: [{ n: 1, o: 2 }, null],
  };

  it('holds what is required, and no more', () => {
    expect(
      represent(
        on(
          'Book',
          field('__typename'),
          field('id'),
          field('shelf', field('row')),
          field('parts', field('n')),
        ),
      )(book),
    ).toEqual({ __typename: 'Book', id: 1, shelf: { row: 2 }, parts: [{ n: 1 }, null] });
  });

  it('takes a null that was fetched', () => {
    const required = represent(on('Book', field('__typename'), field('id'), field('shelf', field('row'))));
    expect(required({ ...book, shelf: null })).toEqual({ __typename: 'Book', id: 1, shelf: null });
  });

  it('is not made without what is required, or for another type', () => {
    expect(represent(on('Book', field('__typename'), field('isbn')))(book)).toBeNull();
    expect(represent(on('Film', field('__typename'), field('id')))(book)).toBeNull();
    expect(represent(on('Book', field('__typename'), field('id')))({ id: 1 })).toBeNull();
  });

  it('knows an interface’s types, and merges the fragments that apply', () => {
    const required = represent(
      on('Media', field('__typename'), field('id')),
      on('Film', field('length')),
      on('Book', field('shelf', field('room'))),
      on('Media', field('shelf', field('row'))),
    );
    expect(required(book)).toEqual({ __typename: 'Book', id: 1, shelf: { row: 2, room: 'r' } });
  });
});
