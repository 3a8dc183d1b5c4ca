import { GraphQLError } from 'graphql';
import type { JSONWebKeySet } from 'jose';
import { compose } from './compose.ts';
import { Moves } from './moves.ts';
import { type SubgraphContext, TestSubgraph } from './test-subgraph.ts';

const link = (more = '') => `extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.9"
  import: ["@key", "@shareable", "@composeDirective", "@cost"]
)${more}`;

const accountsSdl = `${link()}
scalar Json
type Query { me: Account  account(id: ID, name: String): Account  secret: String  echo(value: Json): Json }
type Mutation { signIn(name: String!): Boolean!  refresh: String  fail: Boolean }
type Account @key(fields: "id") { id: ID!  name: String! }`;

const parcelsSdl = `${link(`
  @link(url: "https://specs.example.test/resumable/v1.0", import: ["@resumable"])
  @composeDirective(name: "@resumable")`)}
directive @resumable(argument: String!, from: String!) on FIELD_DEFINITION
type Query { parcel(id: ID!): Parcel  cookiesSeen: String }
type Parcel @key(fields: "id") { id: ID!  status: String!  owner: Account }
type Account @key(fields: "id", resolvable: false) { id: ID! }
type ParcelMove { sequence: Int!  status: String!  parcel: Parcel! }
type Subscription {
  "Every move, in order."
  parcelMoved(id: ID!, after: Int): ParcelMove! @resumable(argument: "after", from: "sequence")
  "The latest state."
  parcel(id: ID!): Parcel!
  forbidden: Parcel!
}`;

const weightsSdl = `${link(`
  @link(url: "https://specs.example.test/cacheControl/v1.0", import: ["@cacheControl"])
  @composeDirective(name: "@cacheControl")`)}
enum CacheControlScope { PUBLIC PRIVATE }
directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT
type Query {
  scale(id: ID!): Scale @cacheControl(maxAge: 60)
  myScale: Scale @cacheControl(maxAge: 60, scope: PRIVATE)
}
type Mutation { putOn(scale: ID!, weight: Int!): Scale! }
type Scale @key(fields: "id") { id: ID!  shows: Int! }
type Parcel @key(fields: "id") { id: ID!  weight: Int @cost(weight: 3) }`;

/** Three subgraphs on free ports and their supergraph, about nothing that the gateway might know of. */
export const startTestSupergraph = async (jwks: JSONWebKeySet) => {
  const moves = new Moves();
  const scales = { shows: 0 };
  const parcelNow = (id: string) => ({ id, status: moves.latest?.status ?? 'NEW', owner: { id: 'ada' } });

  const accounts = new TestSubgraph(
    'accounts',
    accountsSdl,
    {
      Query: {
        me: (_parent, _args, { viewer }) => (viewer.sub ? { id: viewer.sub, name: viewer.sub } : null),
        account: (_parent, { id, name = id }: { id?: string; name?: string }) =>
          name === 'nobody' ? null : { id: name, name },
        echo: (_parent, { value }: { value?: unknown }) => value ?? null,
        secret: () => {
          throw new Error('postgres://secret@db/accounts');
        },
      },
      Mutation: {
        signIn: (_parent, { name }: { name: string }, { setCookie, headers }: SubgraphContext) => {
          setCookie(`emporium_access=${name}; HttpOnly`);
          setCookie(`emporium_refresh=${String(headers['x-emporium-session'])}; HttpOnly`);
          return true;
        },
        refresh: (_parent, _args, { headers }) => headers.cookie ?? null,
        fail: () => {
          throw new GraphQLError('You may not.', {
            extensions: { code: 'FORBIDDEN', stacktrace: ['at x'] },
          });
        },
      },
      Account: { __resolveReference: ({ id }: { id: string }) => ({ id, name: id }) },
    },
    jwks,
  );
  const parcels = new TestSubgraph(
    'parcels',
    parcelsSdl,
    {
      Query: {
        parcel: (_parent, { id }: { id: string }) => parcelNow(id),
        cookiesSeen: (_parent, _args, { headers, setCookie }) => {
          setCookie('stolen=yes');
          return headers.cookie ?? null;
        },
      },
      Parcel: { __resolveReference: ({ id }: { id: string }) => parcelNow(id) },
      Subscription: {
        parcelMoved: {
          subscribe: (_parent, { after }: { id: string; after?: number }) => moves.read(after),
          resolve: (move, { id }: { id: string }) => ({ ...(move as object), parcel: parcelNow(id) }),
        },
        parcel: {
          subscribe: () => moves.read(null),
          resolve: (_move, { id }: { id: string }) => parcelNow(id),
        },
        forbidden: {
          subscribe: () => {
            throw new GraphQLError('Not yours.', { extensions: { code: 'NOT_FOUND' } });
          },
        },
      },
    },
    jwks,
  );
  const weights = new TestSubgraph(
    'weights',
    weightsSdl,
    {
      Query: {
        scale: (_parent, { id }: { id: string }) => ({ id, shows: scales.shows }),
        myScale: (_parent, _args, { viewer }) => ({ id: viewer.sub ?? 'nobody', shows: scales.shows }),
      },
      Mutation: {
        putOn: (_parent, { scale: id, weight }: { scale: string; weight: number }) => {
          scales.shows += weight;
          return { id, shows: scales.shows };
        },
      },
      Parcel: { __resolveReference: ({ id }: { id: string }) => ({ id, weight: id.length }) },
    },
    jwks,
  );

  const subgraphs = [accounts, parcels, weights];
  await Promise.all(subgraphs.map((subgraph) => subgraph.start()));
  return {
    supergraphSdl: compose(subgraphs),
    moves,
    scales,
    accounts,
    parcels,
    weights,
    stop: async () => {
      await Promise.all(subgraphs.map((subgraph) => subgraph.kill()));
    },
  };
};

export type TestSupergraph = Awaited<ReturnType<typeof startTestSupergraph>>;
