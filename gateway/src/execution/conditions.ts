import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentSpreadNode,
  type InlineFragmentNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { BoundedMap } from '../bounded-map.ts';

/** The Boolean variables by which an operation includes, skips and defers. */
export type Conditions = Readonly<Record<string, boolean>>;

const conditional = new Set(['include', 'skip', 'defer']);

/** Their names, in the order in which they occur. */
export const conditionVariables = (document: DocumentNode): readonly string[] => {
  const names = new Set<string>();
  const collect = ({ directives }: SelectionNode): void => {
    for (const { name, arguments: given } of directives ?? []) {
      if (!conditional.has(name.value)) continue;
      for (const { value } of given ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    }
  };
  visit(document, { Field: collect, FragmentSpread: collect, InlineFragment: collect });
  return [...names];
};

/**
 * The document with its conditions decided: what is skipped is gone, and what is deferred is deferred for certain. Plans with
 * conditions in them are not to be trusted: a fetch for fields that are included is planned to need what only skipped ones do.
 */
export const decided = (document: DocumentNode, conditions: Conditions): DocumentNode => {
  const holds = ({ arguments: given }: DirectiveNode): boolean => {
    const condition = given?.find(({ name }) => name.value === 'if')?.value;
    if (condition?.kind === Kind.VARIABLE) return conditions[condition.name.value] === true;
    return condition?.kind === Kind.BOOLEAN ? condition.value : true;
  };
  const decide = <Node extends FieldNode | FragmentSpreadNode | InlineFragmentNode>(
    node: Node,
  ): Node | null | undefined => {
    const { directives = [] } = node;
    if (!directives.some(({ name }) => conditional.has(name.value))) return undefined;
    const excludes = ({ name }: DirectiveNode, holding: boolean): boolean =>
      name.value === 'skip' ? holding : name.value === 'include' && !holding;
    if (directives.some((directive) => excludes(directive, holds(directive)))) return null;
    return {
      ...node,
      directives: directives.flatMap((directive) => {
        if (!conditional.has(directive.name.value)) return [directive];
        return directive.name.value === 'defer' && holds(directive) ? [withoutCondition(directive)] : [];
      }),
    };
  };
  return visit(document, {
    Field: decide,
    FragmentSpread: decide,
    InlineFragment: decide,
    SelectionSet: { leave: (set) => (set.selections.length === 0 ? onlyTypename : undefined) },
  });
};

const withoutCondition = (defer: DirectiveNode): DirectiveNode => ({
  ...defer,
  arguments: (defer.arguments ?? []).filter(({ name }) => name.value !== 'if'),
});

const onlyTypename: SelectionSetNode = {
  kind: Kind.SELECTION_SET,
  selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }],
};

const rememberedConditions = 32;

/** What is compiled for conditions, compiled once for each of those that turn up. */
export const perConditions = <Compiled>(
  compile: (conditions: Conditions) => Compiled,
): ((conditions: Conditions) => Compiled) => {
  const remembered = new BoundedMap<string, Compiled>(rememberedConditions);
  return (conditions) => {
    const key = Object.values(conditions)
      .map((holds) => (holds ? '1' : '0'))
      .join('');
    const known = remembered.get(key);
    if (known) return known;
    const compiled = compile(conditions);
    remembered.set(key, compiled);
    return compiled;
  };
};
