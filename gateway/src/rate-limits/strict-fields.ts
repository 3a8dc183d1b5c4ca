import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import { fragmentsOf } from '../fragments-of.ts';

/** How often an operation asks for one of these fields at its root, under whatever alias and condition. */
export type CountStrictFields = (document: DocumentNode, operation: OperationDefinitionNode) => number;

/** Counts once per operation. The document is valid: its fragments exist and go round in no circle. */
export const createCountStrictFields = (names: readonly string[]): CountStrictFields => {
  if (names.length === 0) return () => 0;
  const strict = new Set(names);
  const counted = new WeakMap<OperationDefinitionNode, number>();
  return (document, operation) => {
    const known = counted.get(operation);
    if (known !== undefined) return known;
    const count = countIn(operation.selectionSet, document, strict);
    counted.set(operation, count);
    return count;
  };
};

const countIn = (root: SelectionSetNode, document: DocumentNode, strict: ReadonlySet<string>): number => {
  const fragments = fragmentsOf(document);
  // Each fragment once, however often it is spread.
  const inFragments = new Map<string, number>();

  const inFragment = (name: string): number => {
    const known = inFragments.get(name);
    if (known !== undefined) return known;
    const fragment = fragments.get(name);
    const count = fragment ? inSelections(fragment.selectionSet) : 0;
    inFragments.set(name, count);
    return count;
  };
  const inSelections = ({ selections }: SelectionSetNode): number =>
    selections.reduce((sum, selection) => {
      if (selection.kind === Kind.FIELD) return sum + (strict.has(selection.name.value) ? 1 : 0);
      return (
        sum +
        (selection.kind === Kind.FRAGMENT_SPREAD
          ? inFragment(selection.name.value)
          : inSelections(selection.selectionSet))
      );
    }, 0);
  return inSelections(root);
};
