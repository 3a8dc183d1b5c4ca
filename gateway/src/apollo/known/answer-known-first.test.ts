import { HeaderMap } from '@apollo/server';
import { buildSchema, GraphQLError, type OperationDefinitionNode, parse } from 'graphql';
import { describe, expect, it, vi } from 'vitest';
import type { RequestContext } from '../../execution/request-context.ts';
import type { OperationHooks } from '../operation-hooks.ts';
import { answerKnownFirst } from './answer-known-first.ts';
import { rememberOperations } from './known-operations.ts';

const context = { viewer: { id: 'ada' } } as unknown as RequestContext;
const byApollo = { headers: new HeaderMap(), body: { kind: 'complete' as const, string: 'by Apollo' } };
const schema = buildSchema('type Query { a: Int }');

const serve = async (hooks: readonly OperationHooks[] = []) => {
  const executor = vi.fn(async () => ({ data: { a: 1 } }));
  let changeSchema = (_: never): void => {};
  const operations = rememberOperations({
    load: async () => ({ executor }),
    onSchemaLoadOrUpdate: (callback) => {
      changeSchema = callback as never;
      return () => {};
    },
    stop: async () => {},
  });
  operations.gateway.onSchemaLoadOrUpdate(() => {});
  changeSchema({ apiSchema: schema } as never);
  const loaded = await operations.gateway.load({ apollo: {} });
  const executeHTTPGraphQLRequest = vi.fn(async () => byApollo);
  const server = answerKnownFirst({
    apollo: { executeHTTPGraphQLRequest },
    operations,
    hooks,
    mask: (formatted) => formatted,
  });
  return {
    executor,
    executeHTTPGraphQLRequest,
    changeSchema: () => changeSchema({ apiSchema: buildSchema('type Query { a: Int }') } as never),
    /** As Apollo Server does with an operation that it has validated. */
    execute: (query: string, operationName?: string) => {
      const document = parse(query);
      const operation = document.definitions[0] as OperationDefinitionNode;
      return loaded.executor?.({
        document,
        operation,
        schema,
        context,
        request: { query, ...(operationName ? { operationName } : {}) },
      } as never);
    },
    ask: async (body: unknown, asked: { accept?: string; method?: string; fails?: boolean } = {}) => {
      const answer = await server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method: asked.method ?? 'POST',
          headers: new HeaderMap(asked.accept ? [['accept', asked.accept]] : []),
          search: '',
          body,
        },
        accept: asked.accept,
        context: async () => {
          if (asked.fails) throw new GraphQLError('who are you?');
          return context;
        },
      });
      return { status: answer.status, text: answer.body.kind === 'complete' ? answer.body.string : null };
    },
  };
};

const query = '{ a }';
const known = { status: 200, text: '{"data":{"a":1}}\n' };

describe('an operation', () => {
  it('is known once it was executed, and then answered without Apollo Server', async () => {
    const { ask, execute, executeHTTPGraphQLRequest } = await serve();
    expect((await ask({ query })).text).toBe('by Apollo');
    await execute(query);
    expect(await ask({ query })).toEqual(known);
    expect(await ask({ query, variables: null, operationName: null, extensions: null })).toEqual(known);
    expect(executeHTTPGraphQLRequest).toHaveBeenCalledOnce();
  });

  it('is known by its name, too', async () => {
    const { ask, execute } = await serve();
    await execute(query, 'A');
    expect((await ask({ query })).text).toBe('by Apollo');
    expect(await ask({ query, operationName: 'A' })).toEqual(known);
  });

  it('is no longer known when the schema has changed', async () => {
    const { ask, execute, changeSchema } = await serve();
    await execute(query);
    changeSchema();
    expect((await ask({ query })).text).toBe('by Apollo');
  });

  it('is not remembered when it is very long', async () => {
    const { ask, execute } = await serve();
    const long = `{ a ${' '.repeat(40_000)} }`;
    await execute(long);
    expect((await ask({ query: long })).text).toBe('by Apollo');
  });

  it.each([
    ['asked by GET', { query }, { method: 'GET' }],
    ['asked for as no media type that we have', { query }, { accept: 'image/png' }],
    ['asked by nobody knows whom', { query }, { fails: true }],
    ['in a batch', [{ query }], {}],
    ['with variables that are no object', { query, variables: [] }, {}],
    ['with a name that is none', { query, operationName: 1 }, {}],
    ['with extensions that are no object', { query, extensions: 'x' }, {}],
    ['with a hash', { query, extensions: { persistedQuery: {} } }, {}],
    ['without a document', { extensions: {} }, {}],
  ])('is Apollo Server’s %s', async (_, body, asked) => {
    const { ask, execute, executor } = await serve();
    await execute(query);
    executor.mockClear();
    expect((await ask(body, asked)).text).toBe('by Apollo');
    expect(executor).not.toHaveBeenCalled();
  });

  it('is refused by a hook before it is executed', async () => {
    const encountered = vi.fn();
    const refused = new GraphQLError('no', { extensions: { code: 'NO', http: { status: 418 } } });
    const { ask, execute, executor } = await serve([
      { didResolveOperation: () => Promise.reject(refused), didEncounterErrors: encountered },
    ]);
    await execute(query);
    executor.mockClear();
    const { status, text } = await ask({ query });
    expect(status).toBe(418);
    expect(JSON.parse(text ?? '')).toMatchObject({ errors: [{ message: 'no' }] });
    expect(executor).not.toHaveBeenCalled();
    expect(encountered).toHaveBeenCalledWith({ errors: [refused], contextValue: context });
  });

  it('has a status, whatever its errors say', async () => {
    const { ask, execute, executor } = await serve();
    await execute(query);
    const errors = [new GraphQLError('x')];
    executor.mockResolvedValueOnce({ data: { a: null }, errors } as never);
    expect((await ask({ query })).status).toBe(200);
    executor.mockResolvedValueOnce({ errors } as never);
    expect((await ask({ query })).status).toBe(400);
    executor.mockRejectedValueOnce(new Error('x'));
    expect((await ask({ query })).status).toBe(500);
  });
});
