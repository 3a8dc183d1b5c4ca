import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFaults, type Fault, lying } from './faults.ts';
import { type Answered, createIdempotency } from './idempotency.ts';

/** A request, read to its end. */
export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
};

/** What a request is for; `key` is its idempotency key, if it changes something. */
type Routed<Operation> = {
  readonly operation: Operation;
  readonly key: string | undefined;
  readonly work: () => Answered;
};

export type Api<Operation> = {
  /** Throws what `errorOf` understands. */
  readonly route: (asked: Asked) => Routed<Operation>;
  /** What the provider answers instead; throws whatever is the sandbox's own fault. */
  readonly errorOf: (error: unknown) => Answered;
  /** What it answers when it fails on demand. */
  readonly failure: Answered;
  /** Says of an answer that it was given before. */
  readonly replayedHeader?: string;
  /** Which answers a key gives again. */
  readonly isKept: (answer: Answered) => boolean;
};

export type Misbehaving<Operation extends string> = {
  readonly url: string;
  /** How many requests of a kind came. */
  asked(operation: Operation): number;
  /** What goes wrong with the next requests of a kind, one after another; null lets one go well. */
  misbehaves(operation: Operation, ...faults: (Fault | null)[]): void;
  /** Idempotency keys are forgotten. */
  forgetKeys(): void;
  /** Nothing goes wrong any more. */
  calm(): void;
  stop(): Promise<void>;
};

/** A server on loopback that does what its API says, and answers as it is told to. */
export const createMisbehavingServer = async <Operation extends string>(
  api: Api<Operation>,
): Promise<Misbehaving<Operation>> => {
  const faults = createFaults<Operation>();
  const idempotency = createIdempotency(api.isKept);
  const counts = new Map<Operation, number>();
  /** What is done only when the next request comes. */
  const late: (() => unknown)[] = [];

  /** Null is never answered. */
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<Answered | null> => {
    const asked = await read(request);
    const { operation, key, work } = api.route(asked);
    counts.set(operation, (counts.get(operation) ?? 0) + 1);
    for (const each of late.splice(0)) each();
    const once = () =>
      idempotency.once(key, `${asked.path}?${asked.text}`, () => answered(work, api.errorOf));
    return misbehave(faults.take(operation), once, response);
  };
  const misbehave = (
    fault: Fault | null,
    once: () => Answered & { readonly replayed: boolean },
    response: ServerResponse,
  ): Answered | null => {
    if (fault === 'SILENT_BEFORE') return null;
    if (fault === 'FAILS_BEFORE') return api.failure;
    if (fault === 'LATE') {
      late.push(once);
      return null;
    }
    const { status, body, replayed } = once();
    if (replayed && api.replayedHeader) response.setHeader(api.replayedHeader, 'true');
    if (fault === 'SILENT_AFTER') return null;
    return { status, body: fault === 'LIES' && typeof body !== 'string' ? lying(shown(body)) : body };
  };
  const server = createServer((request, response) => {
    answer(request, response)
      .catch(api.errorOf)
      .then((given) => given && send(response, given))
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: (operation) => counts.get(operation) ?? 0,
    misbehaves: faults.plan,
    forgetKeys: idempotency.forget,
    calm: faults.clear,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const read = async (request: IncomingMessage): Promise<Asked> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://sandbox');
  const text = Buffer.concat(chunks).toString('utf8');
  return { method: request.method ?? 'GET', path, query, headers: request.headers, text };
};

const shown = (body: object | (() => object)): object => (typeof body === 'function' ? body() : body);

const send = (response: ServerResponse, { status, body }: Answered): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(typeof body === 'string' ? body : JSON.stringify(shown(body)));
};

const answered = (work: () => Answered, errorOf: Api<string>['errorOf']): Answered => {
  try {
    return work();
  } catch (error) {
    return errorOf(error);
  }
};
