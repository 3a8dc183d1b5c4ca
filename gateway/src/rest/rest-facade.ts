import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLSchema,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  OperationTypeNode,
  print,
} from 'graphql';
import { useSofa } from 'sofa-api';
import type { GraphqlOverHttp } from '../http/graphql-over-http.ts';
import { readJsonBody } from '../http/read-body.ts';
import { type Route, send, sendError, sendRefusal } from '../http/send.ts';
import { describeIdPaths, type Lookup, lookupsOf, withIdAsParameter } from './lookups.ts';
import { restErrors, tellPartial } from './rest-answer.ts';
import { restBase, restDocument } from './rest-paths.ts';
import { restSchema } from './rest-schema.ts';

type Options = {
  readonly schema: () => GraphQLSchema;
  /** How the operation is run that a request stands for. */
  readonly run: GraphqlOverHttp['run'];
  readonly maxBodyBytes: number;
  /** Whether the paths may be looked up. */
  readonly documented: boolean;
};

type Answered = Awaited<ReturnType<GraphqlOverHttp['run']>>;

/** What came of a request, beside what sofa-api handles. */
type Outcome = { answered?: Answered; partial?: string };
/** Passed through sofa-api, which copies it: the outcome is the one object that both sides see. */
type Exchange = {
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  readonly outcome: Outcome;
};

const json = 'application/json; charset=utf-8';

/**
 * Each query as GET and each mutation as POST on a path of its own, for clients that do not speak GraphQL. They run as the
 * operations that they stand for, with the same identity, limits and errors.
 */
export const createRestFacade = (options: Options): Route => {
  const made = new WeakMap<GraphQLSchema, Routes>();
  const routesNow = (): Routes => {
    const schema = options.schema();
    const known = made.get(schema);
    if (known) return known;
    const routes = createRoutes(schema, options.run);
    made.set(schema, routes);
    return routes;
  };
  return async (request, response) => {
    // As sofa-api will read it: what a client wrote may have steps such as `/./` in it.
    const url = new URL(`http://gateway${request.url ?? '/'}`);
    if (!isServed(url.pathname, options.documented)) return notFound(response);
    const outcome: Outcome = {};
    const { router, lookups } = routesNow();
    const path = withIdAsParameter(url, restBase, lookups);
    const asked = await readRequest(request, response, path, options.maxBodyBytes);
    if (!asked) return;
    const exchange: Exchange = { incoming: request, response, outcome };
    const result: Response | undefined = await router.fetch(asked, exchange);
    if (!result || (result.status === 404 && !outcome.answered)) return notFound(response);
    await write(result, outcome, response);
  };
};

type Routes = { readonly router: ReturnType<typeof useSofa>; readonly lookups: readonly Lookup[] };

/** Made for each schema when its first request comes: it takes a moment. */
const createRoutes = (schema: GraphQLSchema, run: Options['run']): Routes => {
  const lookups = lookupsOf(schema);
  const queries = schema.getQueryType()?.name;
  const router = useSofa({
    schema: restSchema(schema),
    basePath: restBase,
    depthLimit: 1,
    customScalars: scalarsOf(schema),
    routes: Object.fromEntries(lookups.map(({ field, path }) => [`${queries}.${field}`, { path }])),
    context: (exchange) => exchange,
    execute: ((args: ExecutionArgs) => execute(args, run)) as never,
    errorHandler: (errors) => restErrors(errors) as never,
    openAPI: { endpoint: '/openapi.json', info: { title: 'REST', description, version: '1' } },
    swaggerUI: { endpoint: false },
  });
  describeIdPaths(router.openAPIDocument as never, lookups);
  return { router, lookups };
};

const description =
  'Each query of the graph as GET, each mutation as POST, for clients that do not speak GraphQL. Errors are as in GraphQL, with the status that their code means.';

const webhooks = `${restBase}/webhook`;

/** Its webhooks would send what a subscription tells to any address: they are not served. */
const isServed = (path: string, documented: boolean): boolean =>
  path !== webhooks && !path.startsWith(`${webhooks}/`) && (documented || path !== restDocument);

const notFound = (response: ServerResponse): void =>
  sendError(response, 404, 'NOT_FOUND', `There is nothing here. ${restDocument} lists what there is.`);

/** Null when the request has been refused. A POST needs JSON's content type: no form of a foreign page can send it. */
const readRequest = async (
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  maxBodyBytes: number,
): Promise<Request | null> => {
  const { method = 'GET' } = request;
  try {
    const body = method === 'POST' ? await readJsonBody(request, maxBodyBytes) : null;
    return new Request(url, {
      method,
      ...(body === null ? {} : { body: JSON.stringify(body), headers: { 'content-type': json } }),
    });
  } catch (error) {
    if (!sendRefusal(request, response, error)) throw error;
    return null;
  }
};

const execute = async (
  { document, variableValues, contextValue }: ExecutionArgs,
  run: Options['run'],
): Promise<ExecutionResult> => {
  const { incoming, response, outcome } = contextValue as Exchange;
  const answered = await run(incoming, response, {
    query: printed(document),
    variables: variableValues ?? {},
  });
  outcome.answered = answered;
  const { body } = answered.answer;
  const { data, errors } = JSON.parse(body.kind === 'complete' ? body.string : '{}');
  const [value] = Object.values(data ?? {});
  if (value === null && !errors && findsOne(document)) return { errors: [missing as never] };
  if (value === null || value === undefined) return { data, ...(errors ? { errors } : {}) };
  if (errors) outcome.partial = tellPartial(errors);
  return { data };
};

const missing = { message: 'There is no such thing.', extensions: { code: 'NOT_FOUND' } };

/** Whether a document's query is of one thing, by its id or instead of it. */
const findsOne = ({ definitions: [definition] }: ExecutionArgs['document']): boolean =>
  definition?.kind === Kind.OPERATION_DEFINITION &&
  definition.operation === OperationTypeNode.QUERY &&
  (definition.variableDefinitions ?? []).some(({ variable }) => variable.name.value === 'id');

/** sofa-api has one document per path. */
const texts = new WeakMap<object, string>();
const printed = (document: ExecutionArgs['document']): string => {
  const known = texts.get(document);
  if (known !== undefined) return known;
  const text = print(document);
  texts.set(document, text);
  return text;
};

/** What a scalar looks like in JSON is not in the schema: it may be anything, and its description says what. */
const scalarsOf = (schema: GraphQLSchema): Record<string, object> =>
  Object.fromEntries(
    Object.values(schema.getTypeMap())
      .filter((type) => isScalarType(type) && !isSpecifiedScalarType(type))
      .map(({ name, description }) => [name, description ? { description } : {}]),
  );

const write = async (
  result: Response,
  { answered, partial }: Outcome,
  response: ServerResponse,
): Promise<void> => {
  const { answer, results } = answered ?? {};
  for (const [name, value] of answer?.headers ?? []) if (passed.has(name)) response.setHeader(name, value);
  if (results && results.setCookies.length > 0) response.setHeader('set-cookie', results.setCookies);
  if (partial !== undefined) response.setHeader('x-partial', partial);
  const own = answer?.status ?? 200;
  const status = own >= 400 ? own : result.status;
  const { vary, ...kept } = status === 200 ? (results?.answerHeaders ?? {}) : {};
  if (vary) response.appendHeader('vary', vary);
  send(response, status, json, await result.text(), { 'cache-control': 'private, no-store', ...kept });
};

const passed = new Set(['retry-after', 'www-authenticate']);
