import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isNonNullType,
  type NamedTypeNode,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql';

type Variables = Readonly<Record<string, unknown>>;
type IsPlain = (value: unknown) => boolean;

const scalars: Readonly<Record<string, IsPlain>> = {
  ID: (value) => typeof value === 'string',
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  Int: (value) => typeof value === 'number' && value === (value | 0),
  Float: (value) => Number.isFinite(value),
};

/**
 * Compiles whether variables are as they should be, and stay as they are: all given that must be, each of the very kind that
 * the operation declares. Null for an operation that declares what takes more to tell, such as inputs and defaults.
 */
export const compilePlainVariables = (
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
): ((variables: Variables) => boolean) | null => {
  const checks: (readonly [string, IsPlain])[] = [];
  for (const { variable, type: node, defaultValue } of variableDefinitions) {
    const type = typeFromAST(schema, node as NamedTypeNode) as GraphQLInputType | undefined;
    const named = type && getNullableType(type);
    const isPlain = named && 'name' in named ? scalars[named.name] : undefined;
    if (!isPlain || defaultValue) return null;
    const mayBeNull = !isNonNullType(type);
    checks.push([variable.name.value, mayBeNull ? (value) => value == null || isPlain(value) : isPlain]);
  }
  return (variables) => {
    for (const [name, isPlain] of checks)
      if (!isPlain(Object.hasOwn(variables, name) ? variables[name] : undefined)) return false;
    return true;
  };
};
