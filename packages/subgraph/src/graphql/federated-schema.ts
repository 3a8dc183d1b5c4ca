import 'reflect-metadata';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { type GraphQLSchema, isObjectType, parse } from 'graphql';
import { type BuildSchemaOptions, buildSchema, createResolversMap, type ResolversMap } from 'type-graphql';
import { checkPolicy } from '../policy/check-policy.ts';
import { enforcePolicy, guardReference } from '../policy/enforce-policy.ts';
import type { Policy } from '../policy/policy.ts';
import { cacheControl } from './cache-control.ts';
import { checkRepresentations } from './representations.ts';

const federation = `extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.9"
  import: ["@key", "@shareable", "@external", "@requires", "@provides", "@override", "@tag", "@inaccessible", "@composeDirective"]
)`;

/** Loads entities by reference; `null` hides one that does not exist or is not the viewer's. */
export type References<Context> = Record<string, (reference: never, context: Context) => unknown>;

export type SubgraphSchemaOptions<Context> = Pick<BuildSchemaOptions, 'resolvers' | 'orphanedTypes'> & {
  readonly references: References<Context>;
  /** Who may see and call what. It must have a line for each field, and none for what is no field. */
  readonly policy: Policy;
  /** More SDL, such as the definition of a directive of our own. */
  readonly sdl?: string;
};

/** type-graphql classes to a Federation 2 subgraph schema. */
export const createFederatedSchema = async <Context>(
  options: SubgraphSchemaOptions<Context>,
): Promise<GraphQLSchema> => {
  keepArgumentOrder();
  const inner = await buildSchema({
    resolvers: options.resolvers,
    orphanedTypes: options.orphanedTypes ?? [],
    skipCheck: true,
    validate: false,
    pubSub: unusedPubSub,
  });
  const resolvers: ResolversMap = createResolversMap(inner);
  for (const [type, resolve] of Object.entries(options.references)) {
    resolvers[type] = {
      ...resolvers[type],
      __resolveReference: guardReference(options.policy, type, resolve),
    } as never;
  }
  const schema = buildSubgraphSchema([
    { typeDefs: parse(federation) },
    { typeDefs: parse(cacheControl) },
    ...(options.sdl ? [{ typeDefs: parse(options.sdl) }] : []),
    { typeDefs: parse(printSchemaWithDirectives(inner)), resolvers: resolvers as never },
  ]);
  copyFieldExtensions(inner, schema);
  checkRepresentations(schema);
  checkPolicy(schema, options.policy);
  enforcePolicy(schema, options.policy);
  return schema;
};

/** type-graphql wants one even where every subscription brings its own source. */
const unusedPubSub: NonNullable<BuildSchemaOptions['pubSub']> = {
  publish: () => {
    throw new Error('Subscriptions have sources of their own.');
  },
  subscribe: () => {
    throw new Error('Subscriptions have sources of their own.');
  },
};

/** buildSubgraphSchema drops what fields carry in `extensions`. */
const copyFieldExtensions = (from: GraphQLSchema, to: GraphQLSchema): void => {
  for (const type of Object.values(from.getTypeMap())) {
    const copy = to.getType(type.name);
    if (!isObjectType(type) || !isObjectType(copy)) continue;
    for (const field of Object.values(type.getFields())) {
      const target = copy.getFields()[field.name];
      if (target) target.extensions = { ...target.extensions, ...field.extensions };
    }
  }
};

/** Decorators of parameters run last to first; the SDL is to show arguments as they are written. */
const keepArgumentOrder = (): void => {
  globalThis.TypeGraphQLMetadataStorage.params.sort((a, b) => a.index - b.index);
};
