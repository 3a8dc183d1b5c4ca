import {
  COST_VERSIONS,
  type CostDirectiveArguments,
  costIdentity,
  type Directive,
  type DirectiveDefinition,
  type ListSizeDirectiveArguments,
  type Schema,
} from '@apollo/federation-internals';

/** How long a field's list may be: from `@listSize`. */
export type ListSize = {
  readonly assumedSize: number | null;
  readonly slicingArguments: readonly string[];
  /** Fields of the result whose lists are meant; empty when the field itself is the list. */
  readonly sizedFields: readonly string[];
  readonly requireOneSlicingArgument: boolean;
};

/** What `@cost` and `@listSize` say, by schema coordinate: `Query.items`, `Query.items(first:)`, `Item`, `Filter.text`. */
export type Costs = {
  readonly weights: ReadonlyMap<string, number>;
  readonly listSizes: ReadonlyMap<string, ListSize>;
};

/** Reads the directives of a supergraph, under whatever names it imports them. */
export const findCosts = (schema: Schema): Costs => {
  const feature = schema.coreFeatures?.getByIdentity(costIdentity);
  const spec = feature && COST_VERSIONS.find(feature.url.version);
  return {
    weights: byCoordinate(spec?.costDirective(schema), ({ weight }) => weight),
    listSizes: byCoordinate(spec?.listSizeDirective(schema), listSizeOf),
  };
};

const listSizeOf = (given: ListSizeDirectiveArguments): ListSize => ({
  assumedSize: given.assumedSize ?? null,
  slicingArguments: given.slicingArguments ?? [],
  sizedFields: given.sizedFields ?? [],
  requireOneSlicingArgument: given.requireOneSlicingArgument ?? true,
});

const byCoordinate = <Given extends CostDirectiveArguments | ListSizeDirectiveArguments, Value>(
  definition: DirectiveDefinition<Given> | undefined,
  read: (given: Given) => Value,
): ReadonlyMap<string, Value> => {
  const found = new Map<string, Value>();
  for (const application of definition?.applications() ?? [])
    found.set(coordinateOf(application), read(application.arguments()));
  return found;
};

const coordinateOf = ({ parent }: Directive): string =>
  (parent as { coordinate?: string }).coordinate ?? '';
