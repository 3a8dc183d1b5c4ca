import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { type Fetched, isFetched, merge, own, put } from './fetched.ts';

/** Whether an object whose type is called `typename` is one of `condition`; not when it does not say what it is. */
export type IsOfType = (typename: unknown, condition: string) => boolean;

/** What another subgraph needs to know of an object; null when that was not fetched, or the object is of another type. */
export type Represent = (object: Fetched) => Fetched | null;

/** Compiles a fetch's `requires`. A representation without a `__typename` is none. */
export const compileRepresentation = (
  requires: readonly QueryPlanSelectionNode[],
  isOfType: IsOfType,
): Represent => {
  const select = compileSelections(requires, isOfType);
  return (object) => {
    const representation = select(object);
    return representation && own(representation, '__typename') !== undefined ? representation : null;
  };
};

type Select = (object: Fetched) => Fetched | null;

const compileSelections = (selections: readonly QueryPlanSelectionNode[], isOfType: IsOfType): Select => {
  const parts = selections.map((selection) => compilePart(selection, isOfType));
  return (object) => {
    const selected: Fetched = {};
    for (const part of parts) if (!part(object, selected)) return null;
    return selected;
  };
};

/** Adds its part of an object to `selected`; false when something that is needed was not fetched. */
type Part = (object: Fetched, selected: Fetched) => boolean;

const compilePart = (selection: QueryPlanSelectionNode, isOfType: IsOfType): Part => {
  if (selection.kind === 'InlineFragment') {
    const { typeCondition } = selection;
    const select = compileSelections(selection.selections, isOfType);
    return (object, selected) => {
      if (typeCondition !== undefined && !isOfType(own(object, '__typename'), typeCondition)) return true;
      const part = select(object);
      if (part) merge(selected, part);
      return part !== null;
    };
  }
  const key = selection.alias ?? selection.name;
  const select = selection.selections && compileSelections(selection.selections, isOfType);
  return (object, selected) => {
    const value = own(object, key);
    if (value === undefined) return false;
    put(selected, key, select ? selectIn(value, select) : value);
    return true;
  };
};

const selectIn = (value: unknown, select: Select): unknown => {
  if (Array.isArray(value)) return value.map((item) => selectIn(item, select));
  return isFetched(value) ? select(value) : value;
};
