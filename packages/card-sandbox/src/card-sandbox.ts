import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { createLedger } from './ledger.ts';
import { openLedgerFile } from './ledger-file.ts';
import { Problem } from './problem.ts';
import { createProvider } from './provider.ts';
import { type Answered, type Asked, createRoutes } from './routes.ts';

export type CardSandboxOptions = {
  readonly host?: string | undefined;
  /** 0, the default, takes a free one. */
  readonly port?: number | undefined;
  /** JSON lines; with it a restart forgets nothing. */
  readonly file?: string | undefined;
  /** How long `tok_slow` takes to answer. */
  readonly slowMs?: number | undefined;
  /** How many attempts per key fail with `tok_error`. */
  readonly errorsPerKey?: number | undefined;
  /** Where the owner of `tok_3ds` reaches it; by default its own address. */
  readonly publicUrl?: string | undefined;
  readonly logger?: Logger | undefined;
};

/** A running sandbox. */
export type CardSandbox = {
  readonly url: string;
  stop(): Promise<void>;
};

const mostBytes = 64 * 1024;

const readBody = async (request: IncomingMessage): Promise<unknown> => {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk;
    if (text.length > mostBytes) throw new Problem(413, 'TOO_LARGE', 'a request may have 64 KiB');
  }
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    throw new Problem(400, 'INVALID_JSON', 'the body must be JSON');
  }
};

const readAsked = async (request: IncomingMessage): Promise<Asked> => {
  const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://sandbox');
  const { 'idempotency-key': key } = request.headers;
  return {
    method: request.method ?? 'GET',
    path,
    query,
    idempotencyKey: typeof key === 'string' ? key : undefined,
    body: await readBody(request),
  };
};

const problemOf = (error: unknown, logger: Logger | undefined): Answered => {
  if (!(error instanceof Problem)) logger?.error({ err: error }, 'the sandbox itself failed');
  const { status, code, message } =
    error instanceof Problem ? error : new Problem(500, 'INTERNAL', 'the sandbox itself failed');
  return { status, body: { error: { code, message } } };
};

/** Starts the sandbox provider. Rejects when its address is taken or its file cannot be read. */
export const createCardSandbox = async ({
  host = '127.0.0.1',
  port = 0,
  file,
  slowMs = 5_000,
  errorsPerKey = 1,
  publicUrl,
  logger,
}: CardSandboxOptions = {}): Promise<CardSandbox> => {
  const kept = file === undefined ? undefined : openLedgerFile(file);
  const ledger = createLedger(kept?.known ?? [], (entry) => kept?.append(entry));
  const route = createRoutes({
    ledger,
    slowMs,
    publicUrl: () => publicUrl ?? url(),
    provider: createProvider({ ledger, errorsPerKey, now: () => new Date() }),
  });
  const stopping = new AbortController();

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const {
      status,
      body,
      afterMs = 0,
    } = await readAsked(request)
      .then(route)
      .catch((error: unknown) => problemOf(error, logger));
    if (afterMs === 'never') return;
    if (afterMs > 0) await sleep(afterMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    const [type, text] =
      typeof body === 'string'
        ? ['text/html; charset=utf-8', body]
        : ['application/json', JSON.stringify(body)];
    response.writeHead(status, { 'content-type': type }).end(text);
  };
  const server = createServer((request, response) => void answer(request, response));
  const url = () => `http://${host}:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });

  return {
    url: url(),
    stop: async () => {
      stopping.abort();
      await new Promise((resolve) => {
        server.close(resolve);
        // Callers of tok_timeout would wait for ever.
        server.closeAllConnections();
      });
    },
  };
};
