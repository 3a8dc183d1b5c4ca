import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { deferOf, labelOf } from '../defer/defers.ts';

/** An operation as its shape is read from it, with its conditions decided. */
export type ShapeSource = {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly conditions: Readonly<Record<string, boolean>>;
};

/** Fields that are answered later, under the label of their place. */
export type DeferredFields = { readonly label: string; readonly selectionSet: SelectionSetNode };

/** What an operation asks under one name: fields that are the same but for what they select. */
export type SameFields = readonly [FieldNode, ...FieldNode[]];

export type CollectedFields = {
  /** By response name, in the order in which they are answered. */
  readonly fields: ReadonlyMap<string, SameFields>;
  readonly deferred: readonly DeferredFields[];
  /** Whether the answer depends on which of an abstract type's types an object is. */
  readonly asksForType: boolean;
};

/** The fields that selection sets ask of an object of one type. */
export const collectFields = (
  selectionSets: readonly SelectionSetNode[],
  type: GraphQLCompositeType,
  { schema, fragments, conditions }: ShapeSource,
): CollectedFields => {
  const fields = new Map<string, [FieldNode, ...FieldNode[]]>();
  const deferred: DeferredFields[] = [];
  const spread = new Set<string>();
  let asksForType = false;

  const applies = (condition: string | undefined): boolean => {
    if (condition === undefined || condition === type.name) return true;
    const wanted = schema.getType(condition);
    if (
      isAbstractType(wanted) &&
      (isObjectType(type) || isInterfaceType(type)) &&
      schema.isSubType(wanted, type)
    )
      return true;
    asksForType = true;
    return false;
  };
  /** A fragment that is spread again adds nothing. */
  const unspread = (name: string): FragmentDefinitionNode | undefined => {
    if (spread.has(name)) return undefined;
    spread.add(name);
    return fragments.get(name);
  };
  const collectField = (field: FieldNode): void => {
    const key = (field.alias ?? field.name).value;
    if (field.name.value === '__typename') asksForType = true;
    const same = fields.get(key);
    if (same) same.push(field);
    else fields.set(key, [field]);
  };
  const collect = (selection: SelectionNode): void => {
    if (!isIncluded(selection, conditions)) return;
    if (selection.kind === Kind.FIELD) {
      collectField(selection);
      return;
    }
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? unspread(selection.name.value) : selection;
    if (!fragment || !applies(fragment.typeCondition?.name.value)) return;
    const label = deferredAs(selection, conditions);
    if (label === undefined) fragment.selectionSet.selections.forEach(collect);
    else deferred.push({ label, selectionSet: fragment.selectionSet });
  };
  for (const { selections } of selectionSets) selections.forEach(collect);
  return { fields, deferred, asksForType };
};

const isIncluded = (
  { directives }: SelectionNode,
  conditions: Readonly<Record<string, boolean>>,
): boolean =>
  (directives ?? []).every(({ name, arguments: given }) => {
    if (name.value !== 'include' && name.value !== 'skip') return true;
    const condition = given?.find((argument) => argument.name.value === 'if')?.value;
    return holds(condition, conditions) === (name.value === 'include');
  });

/** The label of the place where a fragment is put off; undefined when it is answered at once. */
const deferredAs = (
  selection: SelectionNode,
  conditions: Readonly<Record<string, boolean>>,
): string | undefined => {
  const defer = deferOf(selection);
  if (!defer) return undefined;
  const condition = defer.arguments?.find(({ name }) => name.value === 'if')?.value;
  return !condition || holds(condition, conditions) ? labelOf(defer) : undefined;
};

const holds = (condition: ValueNode | undefined, conditions: Readonly<Record<string, boolean>>): boolean =>
  condition?.kind === Kind.VARIABLE
    ? conditions[condition.name.value] === true
    : condition?.kind === Kind.BOOLEAN && condition.value;
