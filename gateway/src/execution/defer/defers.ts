import {
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { fragmentsOf } from '../../fragments-of.ts';

/** How often one operation may put something off; beyond it, everything is answered at once. */
const maxDefers = 64;

type FragmentNode = FragmentSpreadNode | InlineFragmentNode;

/** An operation in which every place that is put off has a label of its own. */
export type LabelledDefers = {
  readonly document: DocumentNode;
  /** What the client called each place. */
  readonly labels: ReadonlyMap<string, string | undefined>;
};

export const deferOf = ({ directives }: SelectionNode): DirectiveNode | undefined =>
  directives?.find(({ name }) => name.value === 'defer');

/** The label that `labelDefers` gave. */
export const labelOf = (defer: DirectiveNode): string | undefined => {
  const label = defer.arguments?.find(({ name }) => name.value === 'label')?.value;
  return label?.kind === Kind.STRING ? label.value : undefined;
};

/** The same document, all of it to be answered at once. */
export const withoutDefers = (document: DocumentNode): DocumentNode =>
  visit(document, { Directive: (node) => (node.name.value === 'defer' ? null : undefined) });

/**
 * Writes fragments that put something off, or are put off, where they are spread, so that each place can be told from every
 * other, and labels each place. Null when nothing is put off, or too much.
 */
export const labelDefers = (
  document: DocumentNode,
  definition: OperationDefinitionNode,
): LabelledDefers | null => {
  const fragments = fragmentsOf(document);
  const putsOff = whichPutOff(fragments);
  const labels = new Map<string, string | undefined>();

  const inSet = (set: SelectionSetNode): SelectionSetNode => ({
    ...set,
    selections: labels.size > maxDefers ? [] : set.selections.map(inSelection),
  });
  const inSelection = (selection: SelectionNode): SelectionNode => {
    if (selection.kind === Kind.FIELD)
      return selection.selectionSet
        ? { ...selection, selectionSet: inSet(selection.selectionSet) }
        : selection;
    const labelled = label(selection);
    if (labelled.kind === Kind.INLINE_FRAGMENT)
      return { ...labelled, selectionSet: inSet(labelled.selectionSet) };
    const fragment = fragments.get(labelled.name.value);
    if (!fragment || (labelled === selection && !putsOff(fragment))) return labelled;
    return {
      kind: Kind.INLINE_FRAGMENT,
      typeCondition: fragment.typeCondition,
      directives: labelled.directives ?? [],
      selectionSet: inSet(fragment.selectionSet),
    };
  };
  const label = (fragment: FragmentNode): FragmentNode => {
    const defer = deferOf(fragment);
    if (!defer) return fragment;
    const own = `place${labels.size}`;
    labels.set(own, labelOf(defer));
    const directives = (fragment.directives ?? []).map((directive) =>
      directive === defer ? relabelled(directive, own) : directive,
    );
    return { ...fragment, directives };
  };

  const written = { ...definition, selectionSet: inSet(definition.selectionSet) };
  if (labels.size === 0 || labels.size > maxDefers) return null;
  return {
    labels,
    document: {
      ...document,
      definitions: [written, ...[...fragments.values()].filter((fragment) => !putsOff(fragment))],
    },
  };
};

const relabelled = (defer: DirectiveNode, label: string): DirectiveNode => ({
  ...defer,
  arguments: [
    ...(defer.arguments ?? []).filter(({ name }) => name.value !== 'label'),
    {
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: 'label' },
      value: { kind: Kind.STRING, value: label },
    },
  ],
});

/** Whether a fragment puts something off, itself or by the fragments that it spreads. */
const whichPutOff = (fragments: ReadonlyMap<string, FragmentDefinitionNode>) => {
  const known = new Map<FragmentDefinitionNode, boolean>();
  const putsOff = (fragment: FragmentDefinitionNode): boolean => {
    const before = known.get(fragment);
    if (before !== undefined) return before;
    known.set(fragment, false);
    let found = false;
    visit(fragment, {
      InlineFragment: (inline) => {
        found ||= deferOf(inline) !== undefined;
      },
      FragmentSpread: (spread) => {
        const spreadFragment = fragments.get(spread.name.value);
        found ||=
          deferOf(spread) !== undefined || (spreadFragment !== undefined && putsOff(spreadFragment));
      },
    });
    known.set(fragment, found);
    return found;
  };
  return putsOff;
};
