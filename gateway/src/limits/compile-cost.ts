import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import { fragmentsOf } from '../fragments-of.ts';
import { type Amount, atLeastZero, product, sum } from './amount.ts';
import { amountOf, readPage, type Sizing } from './page.ts';
import { isList, type PriceList } from './price-list.ts';

/** What an operation may cost and ask for at most, known before it is planned. */
export type OperationCost = {
  readonly cost: Amount;
  /** Items of pages: a page's size times what each of its items asks for. */
  readonly nodes: Amount;
  readonly slices: readonly Slice[];
};

/** A field that needs exactly one of its slicing arguments, and how many it is given. */
type Slice = { readonly field: string; readonly needs: readonly string[]; readonly given: Amount };

type Part = { readonly cost: Amount; readonly nodes: Amount };
type Options = {
  readonly schema: GraphQLSchema;
  readonly prices: PriceList;
  readonly assumedListSize: number;
};

const costOfMutation = 10;
const free: Part = { cost: 0, nodes: 0 };

/** Walks every field once for each time that a fragment is spread: the number of these must have been limited. */
export const compileCost = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
  { schema, prices, assumedListSize }: Options,
): OperationCost => {
  const fragments = fragmentsOf(document);
  const slices: Slice[] = [];

  const ofSelections = (
    set: SelectionSetNode | undefined,
    parent: GraphQLNamedType | null | undefined,
    sizing: Sizing | null,
  ): Part => {
    if (!set || !isCompositeType(parent)) return free;
    const parts = set.selections.map((selection): Part => {
      if (selection.kind === Kind.FIELD) return ofField(selection, parent, sizing);
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      const condition = fragment?.typeCondition && schema.getType(fragment.typeCondition.name.value);
      return ofSelections(fragment?.selectionSet, condition ?? parent, sizing);
    });
    return { cost: sum(parts.map(({ cost }) => cost)), nodes: sum(parts.map(({ nodes }) => nodes)) };
  };

  const ofField = (node: FieldNode, parent: GraphQLCompositeType, sizing: Sizing | null): Part => {
    const field = fieldOf(parent, node.name.value);
    // Introspection is answered here, and has limits of its own.
    if (!field) return free;
    const listSize = prices.listSizeOf(parent, field);
    const page = listSize && readPage(node, field, listSize, assumedListSize);
    if (page && listSize.requireOneSlicingArgument && listSize.slicingArguments.length > 0)
      slices.push({ field: field.name, needs: listSize.slicingArguments, given: page.given });

    const below = ofSelections(node.selectionSet, getNamedType(field.type), page?.below ?? null);
    const length = sizing?.fields.includes(field.name) ? sizing.size : (page?.itself ?? null);
    const unsized = isList(field.type) ? assumedListSize : 1;
    const items = product(length ?? unsized, sum([prices.weightOf(parent, field), below.cost]));
    return {
      cost: atLeastZero(sum([items, ...argumentCosts(node, field, parent, prices)])),
      nodes: sum([page?.size ?? 0, product(length ?? 1, below.nodes)]),
    };
  };

  const whole = ofSelections(operation.selectionSet, schema.getRootType(operation.operation), null);
  const base = operation.operation === 'mutation' ? costOfMutation : 0;
  return { cost: sum([base, whole.cost]), nodes: whole.nodes, slices };
};

const fieldOf = (parent: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> | undefined =>
  isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;

const argumentCosts = (
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  parent: GraphQLCompositeType,
  prices: PriceList,
): Amount[] =>
  (node.arguments ?? []).flatMap(({ name, value }) => {
    const argument = field.args.find((one) => one.name === name.value);
    const weigh =
      argument && prices.inputWeigher(`${parent.name}.${field.name}(${argument.name}:)`, argument.type);
    return weigh ? amountOf([value], (variables) => weigh(valueFromASTUntyped(value, variables))) : [];
  });
