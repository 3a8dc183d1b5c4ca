import { type Cause, withCause } from '@emporium/messaging';
import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, execute } from 'graphql';

const isStream = (value: AsyncIterable<unknown> | ExecutionResult): value is AsyncIterable<unknown> =>
  Symbol.asyncIterator in value;

/**
 * GraphQL's subscribe, but each event is resolved with a context of its own: loaders must not remember what the event
 * before it saw. Hand-written, because a generator's `return` would wait behind its pending `next`.
 */
export const subscribeAfresh = async (
  args: ExecutionArgs,
  freshContext: () => unknown,
  /** What reading and resolving an event happens under. */
  cause: Cause,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> => {
  const source = await createSourceEventStream(args);
  if (!isStream(source)) return source;
  const events = source[Symbol.asyncIterator]();
  const stop = async (): Promise<IteratorResult<ExecutionResult>> => {
    await events.return?.();
    return { done: true, value: undefined };
  };
  const nextEvent = async (): Promise<IteratorResult<ExecutionResult>> => {
    const event = await events.next();
    if (event.done) return { done: true, value: undefined };
    return {
      done: false,
      value: await execute({ ...args, rootValue: event.value, contextValue: freshContext() }),
    };
  };
  const iterator: AsyncIterableIterator<ExecutionResult> = {
    [Symbol.asyncIterator]: () => iterator,
    next: () => withCause(cause, nextEvent),
    return: stop,
    throw: stop,
  };
  return iterator;
};
