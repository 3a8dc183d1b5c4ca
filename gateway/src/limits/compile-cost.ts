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
import type { ListSize } from '../supergraph/costs.ts';
import { type Amount, atLeastZero, product, sum } from './amount.ts';
import { amountOf, type Page, readPage, type Sizing } from './page.ts';
import { isList, type PriceList } from './price-list.ts';

/** What an operation may cost and ask for at most, known before it is planned. */
export type OperationCost = {
  readonly cost: Amount;
  /** Items of pages: a page's size times what each of its items asks for. */
  readonly nodes: Amount;
  readonly slices: readonly Slice[];
  readonly pages: readonly SizedPage[];
};

/** A field that needs exactly one of its slicing arguments, and how many it is given. */
type Slice = { readonly field: string; readonly needs: readonly string[]; readonly given: Amount };

/** What a page, wherever it stands, adds to the whole: about in proportion to its size. */
export type SizedPage = {
  /** The argument that sizes it, such as `products.edges.node.variants.first`. */
  readonly argument: string;
  readonly size: Amount;
  readonly cost: Amount;
  readonly nodes: Amount;
};

type Part = { readonly cost: Amount; readonly nodes: Amount };
type Options = {
  readonly schema: GraphQLSchema;
  readonly prices: PriceList;
  readonly assumedListSize: number;
};

const costOfMutation = 10;
const free: Part = { cost: 0, nodes: 0 };

/** Where a selection stands, and how many times over it is answered. */
type Place = { readonly path: readonly string[]; readonly times: Part };
const root: Place = { path: [], times: { cost: 1, nodes: 1 } };

/** Walks every field once for each time that a fragment is spread: the number of these must have been limited. */
export const compileCost = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
  { schema, prices, assumedListSize }: Options,
): OperationCost => {
  const fragments = fragmentsOf(document);
  const slices: Slice[] = [];
  const pages: SizedPage[] = [];

  const ofSelections = (
    set: SelectionSetNode | undefined,
    parent: GraphQLNamedType | null | undefined,
    sizing: Sizing | null,
    place: Place,
  ): Part => {
    if (!set || !isCompositeType(parent)) return free;
    const parts = set.selections.map((selection): Part => {
      if (selection.kind === Kind.FIELD) return ofField(selection, parent, sizing, place);
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      const condition = fragment?.typeCondition && schema.getType(fragment.typeCondition.name.value);
      return ofSelections(fragment?.selectionSet, condition ?? parent, sizing, place);
    });
    return { cost: sum(parts.map(({ cost }) => cost)), nodes: sum(parts.map(({ nodes }) => nodes)) };
  };

  const ofField = (
    node: FieldNode,
    parent: GraphQLCompositeType,
    sizing: Sizing | null,
    { path, times }: Place,
  ): Part => {
    const field = fieldOf(parent, node.name.value);
    // Introspection is answered here, and has limits of its own.
    if (!field) return free;
    const listSize = prices.listSizeOf(parent, field);
    const page = listSize && readPage(node, field, listSize, assumedListSize);
    if (page) slices.push(...neededSlice(field.name, listSize, page));

    const length = lengthOf(field, sizing, page);
    const priced = length ?? (isList(field.type) ? assumedListSize : 1);
    const here = [...path, (node.alias ?? node.name).value];
    const below = ofSelections(node.selectionSet, getNamedType(field.type), page?.below ?? null, {
      path: here,
      times: { cost: product(times.cost, priced), nodes: product(times.nodes, length ?? 1) },
    });
    const items = product(priced, sum([prices.weightOf(parent, field), below.cost]));
    const part: Part = {
      cost: atLeastZero(sum([items, ...argumentCosts(node, field, parent, prices)])),
      nodes: sum([page?.size ?? 0, product(length ?? 1, below.nodes)]),
    };
    if (page) pages.push(...sizedPage(page, part, { path: here, times }));
    return part;
  };

  const whole = ofSelections(operation.selectionSet, schema.getRootType(operation.operation), null, root);
  const base = operation.operation === 'mutation' ? costOfMutation : 0;
  return { cost: sum([base, whole.cost]), nodes: whole.nodes, slices, pages };
};

/** What a page is a part of the whole, where an argument sizes it. */
const sizedPage = ({ argument, size }: Page, part: Part, { path, times }: Place): SizedPage[] =>
  argument === null
    ? []
    : [
        {
          argument: [...path, argument].join('.'),
          size,
          cost: product(times.cost, part.cost),
          nodes: product(times.nodes, part.nodes),
        },
      ];

/** How long the list is that a field answers, where something tells. */
const lengthOf = (
  { name }: GraphQLField<unknown, unknown>,
  sizing: Sizing | null,
  page: Page | null,
): Amount | null => (sizing?.fields.includes(name) ? sizing.size : (page?.itself ?? null));

const neededSlice = (
  field: string,
  { requireOneSlicingArgument, slicingArguments: needs }: ListSize,
  { given }: Page,
): Slice[] => (requireOneSlicingArgument && needs.length > 0 ? [{ field, needs, given }] : []);

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
