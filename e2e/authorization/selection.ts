import {
  type GraphQLField,
  type GraphQLNamedOutputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isLeafType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';

/** How far to look: through so many objects that are entities, and never into a type within itself. */
type Reach = {
  readonly entities: ReadonlySet<string>;
  readonly steps: number;
  readonly within: readonly string[];
};

/** They hang on much, and what they show does not depend on how they were reached: they are looked at near the root alone, for a document has its price. */
const plain: ReadonlySet<string> = new Set(['Amounts', 'AmountReason', 'Parcel', 'PendingTopUp', 'Return']);

/** In lists within lists within lists: what they lead to is looked at from elsewhere. */
const deep: ReadonlySet<string> = new Set(['ParcelLine', 'ReturnLine']);

/** Whether a root field of its own looks at all of it: wherever else it hangs its id is enough. */
const isElsewhere = (typeName: string, { within }: Reach): boolean =>
  typeName === 'Return' && within.length > 0;

export const entitiesOf = (schemas: readonly GraphQLSchema[]): ReadonlySet<string> =>
  new Set(
    schemas.flatMap((schema) => {
      const union = schema.getType('_Entity');
      return isUnionType(union) ? union.getTypes().map(({ name }) => name) : [];
    }),
  );

/** Everything that can be selected of a type, in one selection. */
export const selectionOf = (
  schema: GraphQLSchema,
  type: GraphQLNamedOutputType,
  entities: ReadonlySet<string>,
  steps = 1,
): string => select(schema, type, { entities, steps, within: [] });

const select = (schema: GraphQLSchema, type: GraphQLNamedOutputType, reach: Reach): string => {
  if (isLeafType(type)) return '';
  if (isAbstractType(type)) {
    const members = schema
      .getPossibleTypes(type)
      .map((member) => `... on ${member.name} ${fieldsOf(schema, member, reach)}`);
    return `{ __typename ${members.join(' ')} }`;
  }
  return isObjectType(type) ? fieldsOf(schema, type, reach) : '';
};

const fieldsOf = (schema: GraphQLSchema, type: GraphQLObjectType, reach: Reach): string => {
  const inside = { ...reach, within: [...reach.within, type.name] };
  const fields = Object.values(type.getFields()).map((field) => fieldOf(schema, field, inside));
  return `{ __typename ${fields.join(' ')} }`;
};

const fieldOf = (schema: GraphQLSchema, field: GraphQLField<unknown, unknown>, reach: Reach): string => {
  if (field.args.some(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined))
    return '';
  const type = getNamedType(field.type);
  const call = field.args.some(({ name }) => name === 'first') ? `${field.name}(first: 2)` : field.name;
  const isEntity = reach.entities.has(type.name);
  const isFar = reach.steps === 0 || reach.within.some((each) => each === type.name || deep.has(each));
  if (isEntity && isFar) return `${call} ${stubOf(type)}`;
  if (reach.steps === 0 && plain.has(type.name)) return '';
  if (reach.within.includes(type.name) || isElsewhere(type.name, reach))
    return isLeafType(type) ? call : `${call} ${stubOf(type)}`;
  return `${call} ${select(schema, type, { ...reach, steps: reach.steps - (isEntity ? 1 : 0) })}`;
};

/** As much of an object as tells it from others. */
const stubOf = (type: GraphQLNamedOutputType): string =>
  isObjectType(type) && type.getFields().id ? '{ __typename id }' : '{ __typename }';
