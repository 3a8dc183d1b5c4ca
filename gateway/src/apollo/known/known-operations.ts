import { BoundedMap } from '../../bounded-map.ts';
import type { RequestContext } from '../../execution/request-context.ts';
import type { ServerGateway } from '../apollo-server.ts';
import type { PlainRequest } from './read-request.ts';

type Executor = NonNullable<Awaited<ReturnType<ServerGateway['load']>>['executor']>;
type Execution = Parameters<Executor>[0];

/** An operation that Apollo Server has parsed, validated and let through to execution: what it found out about it. */
export type KnownOperation = Pick<
  Execution,
  'document' | 'operation' | 'operationName' | 'schema' | 'source' | 'queryHash'
>;

/** The operations that need not be parsed and validated again, and how they are executed. */
export type KnownOperations = {
  /** To be given to Apollo Server instead of the gateway that it was made for. */
  readonly gateway: ServerGateway;
  find(request: Pick<PlainRequest, 'query' | 'operationName'>): KnownOperation | undefined;
  execute(operation: KnownOperation, request: PlainRequest, context: RequestContext): ReturnType<Executor>;
};

const remembered = 1_000;
/** Of the operations of one document. */
const rememberedNames = 100;
/** Characters. A longer document is parsed each time, so that what is remembered has a bound in bytes, too. */
const longest = 32_768;

/** Remembers what reaches a gateway's executor, as long as the schema stays for which it was validated. */
export const rememberOperations = (gateway: ServerGateway): KnownOperations => {
  /** By document, and then by the name that was asked for. */
  const known = new BoundedMap<string, Map<string, KnownOperation>>(remembered);
  let schema: Execution['schema'] | undefined;
  let executor: Executor = () => Promise.reject(new Error('the gateway is not loaded'));

  const remember: Executor = (execution) => {
    const { query, operationName: asked } = execution.request;
    if (query !== undefined && query.length <= longest) {
      const { document, operation, operationName, source, queryHash } = execution;
      const operations = known.get(query) ?? new Map<string, KnownOperation>();
      if (operations.size >= rememberedNames) operations.clear();
      operations.set(asked ?? '', {
        document,
        operation,
        operationName,
        schema: execution.schema,
        source,
        queryHash,
      });
      known.set(query, operations);
    }
    return executor(execution);
  };

  return {
    gateway: {
      load: async (options) => {
        const loaded = await gateway.load(options);
        if (!loaded.executor) return loaded;
        executor = loaded.executor;
        return { ...loaded, executor: remember };
      },
      onSchemaLoadOrUpdate: (callback) =>
        gateway.onSchemaLoadOrUpdate((context) => {
          schema = context.apiSchema;
          callback(context);
        }),
      stop: () => gateway.stop(),
    },
    find: (request) => {
      const operation = known.get(request.query)?.get(request.operationName ?? '');
      return operation?.schema === schema ? operation : undefined;
    },
    // All that an executor of ours reads of what Apollo Server would give it.
    execute: (operation, request, context) => executor({ ...operation, request, context } as never),
  };
};
