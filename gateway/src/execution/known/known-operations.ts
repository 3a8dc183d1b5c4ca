import { BoundedMap } from '../../bounded-map.ts';
import type { ServerGateway } from '../apollo-server.ts';
import type { RequestContext } from '../request-context.ts';
import type { PlainRequest } from './read-request.ts';

type Executor = NonNullable<Awaited<ReturnType<ServerGateway['load']>>['executor']>;
type Execution = Parameters<Executor>[0];

/** An operation that Apollo Server has parsed, validated and let through to execution: what it found out about it. */
export type KnownOperation = Pick<
  Execution,
  'document' | 'operation' | 'operationName' | 'schema' | 'source' | 'queryHash'
>;

/** How a client asks for an operation. */
export type OperationRequest = {
  readonly query?: string | undefined;
  readonly operationName?: string | null | undefined;
};

/** The operations that need not be parsed and validated again, and how they are executed. */
export type KnownOperations = {
  /** To be given to Apollo Server instead of the gateway that it was made for. */
  readonly gateway: ServerGateway;
  find(request: OperationRequest): KnownOperation | undefined;
  execute(operation: KnownOperation, request: PlainRequest, context: RequestContext): ReturnType<Executor>;
};

const remembered = 1_000;
/** Characters. A longer document is parsed each time, so that what is remembered has a bound in bytes, too. */
const longest = 32_768;

/** Remembers what reaches a gateway's executor, as long as the schema stays for which it was validated. */
export const rememberOperations = (gateway: ServerGateway): KnownOperations => {
  const known = new BoundedMap<string, KnownOperation>(remembered);
  let schema: Execution['schema'] | undefined;
  let executor: Executor = () => Promise.reject(new Error('the gateway is not loaded'));

  const keyOf = ({ query, operationName }: OperationRequest): string | null =>
    query !== undefined && query.length <= longest ? `${operationName ?? ''}\n${query}` : null;

  const remember: Executor = (execution) => {
    const key = keyOf(execution.request);
    if (key !== null) {
      const { document, operation, operationName, source, queryHash } = execution;
      known.set(key, { document, operation, operationName, schema: execution.schema, source, queryHash });
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
      const key = keyOf(request);
      const operation = key === null ? undefined : known.get(key);
      return operation?.schema === schema ? operation : undefined;
    },
    // All that an executor of ours reads of what Apollo Server would give it.
    execute: (operation, request, context) => executor({ ...operation, request, context } as never),
  };
};
