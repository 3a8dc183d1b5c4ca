import {
  type Answered,
  type Asked,
  createMisbehavingServer,
  KeyClash,
  type Misbehaving,
} from '@emporium/provider-sandbox';
import { ApiError } from './api-error.ts';
import { type Books, createBooks } from './books.ts';
import type { Operation } from './faults.ts';
import { readForm } from './form.ts';
import { routeTo } from './routes.ts';
import { createWebhooks, type Delivery, type Endpoint } from './webhooks.ts';

export type StripeSandbox = Omit<Misbehaving<Operation>, 'forgetKeys'> & {
  readonly books: Books;
  /** Sends the events that have happened since the last time; gives the statuses that were answered. */
  deliver(to: Endpoint, how?: Delivery): Promise<number[]>;
  /** Idempotency keys are forgotten, as after a day. */
  dayPasses(): void;
  /** Nothing goes wrong any more, and no event waits. */
  calm(): void;
};

/** A server that speaks Stripe's API as far as payments does, keeps what it did, and misbehaves on demand. */
export const createStripeSandbox = async (): Promise<StripeSandbox> => {
  const webhooks = createWebhooks();
  const books = createBooks(webhooks.add, (id) => `${server.url}/authenticate/${id}`);
  const server = await createMisbehavingServer<Operation>({
    route: (asked) => {
      const { method, path, query, text } = asked;
      const { route, id } = routeTo(method, path);
      const work = () => ({ status: 200, body: route.answer(books, id, readForm(text), query) });
      return { operation: route.operation, key: keyOf(asked), work };
    },
    errorOf,
    failure: answerOf(new ApiError(500, 'api_error', 'internal', 'The sandbox fails on demand.')),
    replayedHeader: 'idempotent-replayed',
    isKept: () => true,
  });
  const { forgetKeys, ...shared } = server;
  return {
    ...shared,
    books,
    deliver: webhooks.deliver,
    dayPasses: forgetKeys,
    calm: () => {
      server.calm();
      books.balance.behave({});
      webhooks.clear();
    },
  };
};

/** Of a request that changes something. */
const keyOf = ({ method, headers }: Asked): string | undefined => {
  const key = headers['idempotency-key'];
  return method === 'POST' && typeof key === 'string' ? key : undefined;
};

const answerOf = ({ status, body }: ApiError): Answered => ({ status, body });

/** What Stripe answers instead; whatever else is thrown is the sandbox's own fault. */
const errorOf = (error: unknown): Answered => {
  if (error instanceof ApiError) return answerOf(error);
  if (!(error instanceof KeyClash)) throw error;
  const message = 'Keys for idempotent requests can only be used with the same parameters';
  return answerOf(new ApiError(400, 'idempotency_error', 'idempotency_error', message));
};
