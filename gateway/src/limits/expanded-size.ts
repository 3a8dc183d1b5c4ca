import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import { fragmentsOf } from '../fragments-of.ts';

/** An operation with its fragments put in place: levels of fields, fields at the root, and fields in all. */
export type ExpandedSize = { readonly depth: number; readonly rootFields: number; readonly fields: number };

const nothing: ExpandedSize = { depth: 0, rootFields: 0, fields: 0 };

/** Each fragment is measured once, so that this is linear in the document. Wants fragments without cycles. */
export const expandedSize = (document: DocumentNode, operation: OperationDefinitionNode): ExpandedSize => {
  const fragments = fragmentsOf(document);
  const measured = new Map<string, ExpandedSize>();

  const ofFragment = (name: string): ExpandedSize => {
    const known = measured.get(name);
    if (known) return known;
    const size = ofSelections(fragments.get(name)?.selectionSet);
    measured.set(name, size);
    return size;
  };

  const ofSelections = (set: SelectionSetNode | undefined): ExpandedSize => {
    let [depth, rootFields, fields] = [0, 0, 0];
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) {
        const below = selection.selectionSet ? ofSelections(selection.selectionSet) : nothing;
        depth = Math.max(depth, below.depth + 1);
        rootFields += 1;
        fields += below.fields + 1;
        continue;
      }
      const inside =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? ofFragment(selection.name.value)
          : ofSelections(selection.selectionSet);
      depth = Math.max(depth, inside.depth);
      rootFields += inside.rootFields;
      fields += inside.fields;
    }
    return { depth, rootFields, fields };
  };

  return ofSelections(operation.selectionSet);
};
