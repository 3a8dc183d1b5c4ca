/** A GraphQL server with just enough of the gateway's contract for the client's tests. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSchema, execute, GraphQLError, graphql, parse, subscribe } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

const schema = buildSchema(`
  type Query { me: String  order: String }
  type Mutation {
    login(input: LoginInput!): AuthResult!
    register(input: RegisterInput!): AuthResult!
    refreshSession(refreshToken: String): AuthResult!
  }
  input LoginInput { email: String!  password: String! }
  input RegisterInput { email: String!  password: String!  name: String! }
  union AuthResult = AuthSession | AuthRefusal
  type AuthSession { accessToken: String!  refreshToken: String  expiresAt: String! }
  type AuthRefusal { code: String!  message: String! }
  type Subscription { count(to: Int!): Int!  never: Int!  me: String  order: Int! }
`);

const notFound = () => {
  throw new GraphQLError('no such order', { extensions: { code: 'NOT_FOUND' } });
};

const readBody = async (request: IncomingMessage) => {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return JSON.parse(text) as { query: string; variables: Record<string, unknown> };
};

/** `firstSeconds`: how long the first token of a session is good. */
export const startTinyGateway = async (firstSeconds = 600) => {
  const seen = { renewals: 0, following: 0 };
  const session = (name: string, seconds: number) => ({
    __typename: 'AuthSession',
    accessToken: name,
    refreshToken: `${name}+`,
    expiresAt: new Date(Date.now() + seconds * 1_000).toISOString(),
  });
  const never = () => {
    seen.following += 1;
    return {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => undefined),
        return: async () => {
          seen.following -= 1;
          return { done: true, value: undefined };
        },
      }),
    };
  };
  const rootValue = {
    me: (_arguments: unknown, viewer: string | undefined) => viewer,
    order: notFound,
    login: ({ input }: { input: { email: string; password: string } }) =>
      input.password === 'right'
        ? session(input.email, firstSeconds)
        : { __typename: 'AuthRefusal', code: 'BAD_CREDENTIALS', message: 'e-mail and password do not fit' },
    register: ({ input }: { input: { name: string } }) => session(input.name, firstSeconds),
    refreshSession: ({ refreshToken }: { refreshToken: string }) => {
      seen.renewals += 1;
      return session(refreshToken, 600);
    },
  };
  const subscriptionRoot = {
    count: async function* ({ to }: { to: number }) {
      for (let count = 1; count <= to; count += 1) yield { count };
    },
    never,
    me: async function* (_arguments: unknown, viewer: string | undefined) {
      yield { me: viewer };
    },
    order: notFound,
  };

  const server = createServer(async (request, response) => {
    if (request.url === '/page') return response.writeHead(502).end('<h1>Bad gateway</h1>');
    const { query, variables } = await readBody(request);
    const contextValue = request.headers.authorization;
    const answer = await graphql({
      schema,
      source: query,
      variableValues: variables,
      rootValue,
      contextValue,
    });
    return response
      .writeHead('data' in answer ? 200 : 400, { 'content-type': 'application/json' })
      .end(JSON.stringify(answer));
  });
  const sockets = new WebSocketServer({ server });
  const serving = useServer(
    {
      onConnect: ({ connectionParams }) => connectionParams?.authorization !== 'Bearer forged',
      // All of graphql is given, since graphql-ws would load a second copy of it here.
      onSubscribe: ({ connectionParams }, _id, { query, variables }) => ({
        schema,
        document: parse(query),
        rootValue: subscriptionRoot,
        contextValue: connectionParams?.authorization,
        variableValues: variables,
      }),
      execute,
      subscribe,
    },
    sockets,
  );
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${origin}/graphql`,
    pageUrl: `${origin}/page`,
    seen,
    stop: async () => {
      await serving.dispose();
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
};
