import { type GraphQLObjectType, type GraphQLSchema, isObjectType } from 'graphql';
import { lineOf, type Policy, stepsOf } from './policy.ts';
import { sharedPolicy } from './shared-policy.ts';

/** Federation's own fields: the gateway's token is asked for before anything runs. */
const federation = new Set(['Query._entities', 'Query._service', '_Service.sdl']);

/** The types and fields of a schema that need a policy. */
export const governed = (schema: GraphQLSchema): readonly (readonly [GraphQLObjectType, string[]])[] =>
  Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith('__'))
    .map((type): [GraphQLObjectType, string[]] => [
      type,
      Object.keys(type.getFields()).filter((field) => !federation.has(`${type.name}.${field}`)),
    ])
    .filter(([, fields]) => fields.length > 0);

/** Names every mistake at once, so that one run is enough to mend them. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
}

/** Throws unless every field of the schema has a policy and every policy has a field. */
export const checkPolicy = (schema: GraphQLSchema, policy: Policy): void => {
  const types = new Map(governed(schema).map(([type, fields]) => [type.name, fields]));
  const all: Policy = { ...sharedPolicy, ...policy };
  const bare = [...types].flatMap(([type, fields]) =>
    fields.filter((field) => lineOf(all, type, field) === undefined).map((field) => `${type}.${field}`),
  );
  const stray = Object.entries(policy).flatMap(([type, lines]) =>
    Object.keys(lines)
      .filter((field) => !(field === '*' ? types.has(type) : types.get(type)?.includes(field)))
      .map((field) => `${type}.${field}`),
  );
  const silent = Object.keys(policy.Subscription ?? {}).filter((field) =>
    stepsOf(policy, 'Subscription', field).some(
      (step) => step.kind === 'gate' && step.otherwise === 'NULL',
    ),
  );
  const problems = [
    ...(bare.length > 0 ? [`no policy says who may see ${bare.join(', ')}`] : []),
    ...(stray.length > 0 ? [`there is a policy but no field ${stray.join(', ')}`] : []),
    ...(silent.length > 0 ? [`a subscription cannot be NULL: ${silent.join(', ')}`] : []),
  ];
  if (problems.length > 0) {
    throw new PolicyError(`src/schema/policy.ts does not fit the schema: ${problems.join('; ')}.`);
  }
};
