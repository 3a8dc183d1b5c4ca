import type { AnswerError, Item } from './client.ts';
import { UnreachableError } from './unreachable-error.ts';

type Event = { readonly data?: unknown; readonly errors?: unknown };

const over = { done: true, value: undefined } as const;

/** How the gateway says, in closing the socket, that it will not serve this viewer. */
const closings = new Map([
  [4400, 'BAD_REQUEST'],
  [4401, 'UNAUTHENTICATED'],
  [4403, 'FORBIDDEN'],
]);

/** What ended a subscription, where the gateway said why. */
const errorsOf = (cause: unknown): readonly AnswerError[] | undefined => {
  if (Array.isArray(cause)) return cause as AnswerError[];
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return undefined;
  const code = closings.get(Number(cause.code));
  const message = 'reason' in cause && cause.reason !== '' ? String(cause.reason) : `refused: ${code}`;
  return code === undefined ? undefined : [{ message, extensions: { code } }];
};

/**
 * graphql-ws events in the shape of answers; errors that end a subscription arrive as its last item. Written out, for
 * in an async generator `return()` would wait behind a pending `next()` and the subscription stay open.
 */
export const follow = <Data>(
  events: AsyncIterableIterator<Event>,
  url: string,
): AsyncIterableIterator<Item<Data>> => {
  let ended = false;
  const end = (cause: unknown): Item<Data> => {
    ended = true;
    const errors = errorsOf(cause);
    if (errors) return { data: null, errors };
    throw new UnreachableError(url, cause);
  };
  const iterator: AsyncIterableIterator<Item<Data>> = {
    [Symbol.asyncIterator]: () => iterator,
    next: async () => {
      if (ended) return over;
      try {
        const { done, value } = await events.next();
        if (done) return over;
        const { data = null, errors = [] } = value as {
          data?: Data | null;
          errors?: readonly AnswerError[];
        };
        return { done: false, value: { data, errors } };
      } catch (cause) {
        return { done: false, value: end(cause) };
      }
    },
    return: async () => {
      ended = true;
      await events.return?.();
      return over;
    },
  };
  return iterator;
};
