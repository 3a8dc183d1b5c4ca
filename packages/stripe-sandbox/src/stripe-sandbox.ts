import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiError } from './api-error.ts';
import { type Books, createBooks } from './books.ts';
import { createFaults, type Fault, lying, type Operation } from './faults.ts';
import { readForm } from './form.ts';
import { type Answered, createIdempotency } from './idempotency.ts';
import { routeTo } from './routes.ts';
import { createWebhooks, type Delivery, type Endpoint } from './webhooks.ts';

export type StripeSandbox = {
  readonly url: string;
  readonly books: Books;
  /** How many requests of a kind came. */
  asked(operation: Operation): number;
  /** What goes wrong with the next requests of a kind, one after another. */
  misbehaves(operation: Operation, ...faults: Fault[]): void;
  /** Sends the events that have happened since the last time; gives the statuses that were answered. */
  deliver(to: Endpoint, how?: Delivery): Promise<number[]>;
  /** Idempotency keys are forgotten, as after a day. */
  dayPasses(): void;
  /** Nothing goes wrong any more, and no event waits. */
  calm(): void;
  stop(): Promise<void>;
};

type Replayable = Answered & { readonly replayed: boolean };

const textOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

/** Of a request that changes something. */
const keyOf = ({ method, headers }: IncomingMessage): string | undefined => {
  const key = headers['idempotency-key'];
  return method === 'POST' && typeof key === 'string' ? key : undefined;
};

/** A server that speaks Stripe's API as far as payments does, keeps what it did, and misbehaves on demand. */
export const createStripeSandbox = async (): Promise<StripeSandbox> => {
  let url = '';
  const webhooks = createWebhooks();
  const faults = createFaults();
  const idempotency = createIdempotency();
  const books = createBooks(webhooks.add, (id) => `${url}/authenticate/${id}`);
  const asked = new Map<Operation, number>();
  /** What is done only when the next request comes. */
  const late: (() => unknown)[] = [];

  /** Null is never answered. */
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<Answered | null> => {
    const method = request.method ?? 'GET';
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    const text = await textOf(request);
    const { route, id } = routeTo(method, pathname);
    asked.set(route.operation, (asked.get(route.operation) ?? 0) + 1);
    for (const work of late.splice(0)) work();
    const work = () =>
      idempotency.once(keyOf(request), `${pathname}?${text}`, () =>
        answered(() => route.answer(books, id, readForm(text), searchParams)),
      );
    return misbehave(faults.take(route.operation), work, response);
  };
  const misbehave = (fault: Fault | null, work: () => Replayable, response: ServerResponse) => {
    if (fault === 'SILENT_BEFORE') return null;
    if (fault === 'FAILS_BEFORE')
      throw new ApiError(500, 'api_error', 'internal', 'The sandbox fails on demand.');
    if (fault === 'LATE') {
      late.push(work);
      return null;
    }
    const { status, body, replayed } = work();
    if (replayed) response.setHeader('idempotent-replayed', 'true');
    if (fault === 'SILENT_AFTER') return null;
    return { status, body: fault === 'LIES' ? lying(body) : body };
  };
  const server = createServer((request, response) => {
    answer(request, response)
      .catch(errorOf)
      .then((given) => given && send(response, given))
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    books,
    asked: (operation) => asked.get(operation) ?? 0,
    misbehaves: faults.plan,
    deliver: webhooks.deliver,
    dayPasses: idempotency.forget,
    calm: () => {
      faults.clear();
      books.balance.behave({});
      webhooks.clear();
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const send = (response: ServerResponse, { status, body }: Answered): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};

/** What Stripe answers instead; whatever else is thrown is the sandbox's own fault. */
const errorOf = (error: unknown): Answered => {
  if (!(error instanceof ApiError)) throw error;
  return { status: error.status, body: error.body };
};

const answered = (work: () => object): Answered => {
  try {
    return { status: 200, body: work() };
  } catch (error) {
    return errorOf(error);
  }
};
