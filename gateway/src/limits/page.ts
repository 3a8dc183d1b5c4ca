import { type FieldNode, type GraphQLField, Kind, type ValueNode, valueFromASTUntyped } from 'graphql';
import type { ListSize } from '../supergraph/costs.ts';
import type { Amount, Variables } from './amount.ts';

/** How long the lists may be that one field asks for. */
export type Page = {
  readonly size: Amount;
  /** The field's own length; null when it is about the lists right below it. */
  readonly itself: Amount | null;
  readonly below: Sizing | null;
  /** How many of its slicing arguments it is given. */
  readonly given: Amount;
  /** The one to make smaller; null where it has none. */
  readonly argument: string | null;
};

/** What a field says of the lists right below it. */
export type Sizing = { readonly fields: readonly string[]; readonly size: Amount };

/** Reads the arguments by which a field's list is sliced; where it has none, the size is what is assumed. */
export const readPage = (
  node: FieldNode,
  { args }: GraphQLField<unknown, unknown>,
  { slicingArguments, sizedFields, assumedSize }: ListSize,
  assumedListSize: number,
): Page => {
  const slicing = (node.arguments ?? []).filter(({ name }) => slicingArguments.includes(name.value));
  const values = slicing.map(({ value }) => value);
  const defaults = args
    .filter(({ name, defaultValue }) => slicingArguments.includes(name) && defaultValue != null)
    .map(({ defaultValue }) => defaultValue);
  const slices = (variables: Variables): readonly unknown[] => {
    const given = values
      .map((value) => valueFromASTUntyped(value, variables))
      .filter((value) => value != null);
    return given.length > 0 ? given : defaults;
  };
  const size = amountOf(values, (variables) => {
    const sizes = slices(variables).map((slice) => Math.max(0, Number(slice) || 0));
    return sizes.length > 0 ? Math.max(...sizes) : (assumedSize ?? assumedListSize);
  });
  const isBelow = sizedFields.length > 0;
  return {
    size,
    itself: isBelow ? null : size,
    below: isBelow ? { fields: sizedFields, size } : null,
    given: amountOf(values, (variables) => slices(variables).length),
    argument: slicing[0]?.name.value ?? slicingArguments[0] ?? null,
  };
};

/** Known at once when none of the values has a variable in it. */
export const amountOf = (
  values: readonly ValueNode[],
  compute: (variables: Variables) => number,
): Amount => (values.some(hasVariable) ? compute : compute({}));

const hasVariable = (node: ValueNode): boolean => {
  if (node.kind === Kind.VARIABLE) return true;
  if (node.kind === Kind.LIST) return node.values.some(hasVariable);
  return node.kind === Kind.OBJECT && node.fields.some(({ value }) => hasVariable(value));
};
