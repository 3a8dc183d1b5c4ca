import { type GraphQLNamedType, type GraphQLSchema, isAbstractType, isInterfaceType } from 'graphql';
import type { IsOfType } from '../execution/plan/representations.ts';

/** Tells types by the supergraph's schema, which also has those that clients do not see. Each condition is resolved once. */
export const createIsOfType = (schema: GraphQLSchema): IsOfType => {
  const members = new Map<string, ReadonlySet<unknown>>();
  const membersOf = (condition: string): ReadonlySet<unknown> => {
    const known = members.get(condition);
    if (known) return known;
    const found = new Set(schema.getType(condition) ? typesWithin(schema, condition) : []);
    members.set(condition, found);
    return found;
  };
  return (typename, condition) => typename === condition || membersOf(condition).has(typename);
};

const typesWithin = (schema: GraphQLSchema, condition: string): string[] => {
  const type: GraphQLNamedType | undefined = schema.getType(condition);
  if (!isAbstractType(type)) return [condition];
  const interfaces = isInterfaceType(type) ? schema.getImplementations(type).interfaces : [];
  return [...schema.getPossibleTypes(type), ...interfaces].map(({ name }) => name);
};
