import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerSearch, BadRequest, type IndexSettings, type SearchRequest } from './answer-search.ts';
import { BadFilter, type Document } from './filter-language.ts';

type Index = { settings: IndexSettings; documents: Map<string, Document> };
type Task = {
  readonly uid: number;
  readonly indexUid: string | null;
  readonly type: string;
  status: 'enqueued' | 'processing' | 'succeeded' | 'failed';
  error: object | null;
  readonly enqueuedAt: string;
};
type Answer = { readonly status: number; readonly body: unknown };

const defaults: IndexSettings = {
  searchableAttributes: [],
  filterableAttributes: [],
  sortableAttributes: [],
  rankingRules: ['words', 'typo', 'proximity', 'attribute', 'sort', 'exactness'],
  typoTolerance: { minWordSizeForTypos: { oneTypo: 5, twoTypos: 9 } },
  pagination: { maxTotalHits: 1000 },
  faceting: { maxValuesPerFacet: 100 },
};

const errorOf = (code: string, message: string, type = 'invalid_request') => ({
  ...{ message, code, type },
  link: `https://docs.meilisearch.com/errors#${code}`,
});

const refuse = (status: number, code: string, message: string, type?: string): Answer => ({
  status,
  body: errorOf(code, message, type),
});

/**
 * A server that speaks as Meilisearch does, as far as its client is used here: what it finds is decided by the
 * documented rules over few documents, and what changes it is a task that is done after the answer, in order. For tests:
 * it misbehaves when it is told to.
 */
export const startMeilisearchStandIn = async ({ apiKey }: { readonly apiKey?: string } = {}) => {
  const indexes = new Map<string, Index>();
  const tasks: Task[] = [];
  let doing: Promise<void> = Promise.resolve();
  let held: Promise<void> = Promise.resolve();
  let [isDown, delay, failing] = [false, 0, 0];
  let searches = 0;

  const indexOf = (uid: string): Index => {
    const index = indexes.get(uid) ?? { settings: defaults, documents: new Map() };
    indexes.set(uid, index);
    return index;
  };

  /** Done later, after all that was asked for before; `work` throws what the task fails with. */
  const enqueue = (type: string, indexUid: string | null, work: () => void): Answer => {
    const enqueuedAt = new Date().toISOString();
    const task: Task = { uid: tasks.length, indexUid, type, status: 'enqueued', error: null, enqueuedAt };
    tasks.push(task);
    doing = doing.then(async () => {
      await held;
      task.status = 'processing';
      try {
        if (failing > 0) {
          failing -= 1;
          throw new BadRequest('internal', 'No space left on device.');
        }
        work();
        task.status = 'succeeded';
      } catch (error) {
        const { code = 'internal', message } = error as BadRequest;
        Object.assign(task, { status: 'failed', error: errorOf(code, message) });
      }
    });
    const body = { taskUid: task.uid, indexUid, status: 'enqueued', type, enqueuedAt };
    return { status: 202, body };
  };

  const known = (uid: string): Index => {
    const index = indexes.get(uid);
    if (!index) throw new BadRequest('index_not_found', `Index \`${uid}\` not found.`);
    return index;
  };

  const search = (uid: string, request: SearchRequest) => {
    searches += 1;
    const { documents, settings } = known(uid);
    return answerSearch([...documents.values()], settings, request);
  };

  // biome-ignore lint/suspicious/noExplicitAny: what a client sends is looked at where it is used.
  const routes: [method: string, path: RegExp, answer: (part: string, body: any) => Answer][] = [
    ['GET', /^indexes$/, () => listed([...indexes.keys()])],
    [
      'POST',
      /^indexes$/,
      (_, { uid }) =>
        enqueue('indexCreation', uid, () => {
          if (indexes.has(uid))
            throw new BadRequest('index_already_exists', `Index \`${uid}\` already exists.`);
          indexOf(uid);
        }),
    ],
    [
      'DELETE',
      /^indexes\/([\w-]+)$/,
      (uid) =>
        enqueue('indexDeletion', uid, () => {
          known(uid);
          indexes.delete(uid);
        }),
    ],
    [
      'PATCH',
      /^indexes\/([\w-]+)\/settings$/,
      (uid, settings) =>
        enqueue('settingsUpdate', uid, () => {
          const index = indexOf(uid);
          index.settings = { ...index.settings, ...settings };
        }),
    ],
    [
      'POST',
      /^indexes\/([\w-]+)\/documents$/,
      (uid, documents: Document[]) =>
        enqueue('documentAdditionOrUpdate', uid, () => {
          for (const document of documents) indexOf(uid).documents.set(String(document.id), document);
        }),
    ],
    [
      'POST',
      /^indexes\/([\w-]+)\/search$/,
      (uid, request) => ({ status: 200, body: search(uid, request) }),
    ],
    [
      'POST',
      /^swap-indexes$/,
      (_, swaps: { indexes: [string, string] }[]) =>
        enqueue('indexSwap', null, () => {
          for (const {
            indexes: [a, b],
          } of swaps) {
            const [first, second] = [known(a), known(b)];
            indexes.set(a, second);
            indexes.set(b, first);
          }
        }),
    ],
    [
      'GET',
      /^tasks\/(\d+)$/,
      (uid) => {
        const task = tasks[Number(uid)];
        return task
          ? { status: 200, body: { ...task, batchUid: null, canceledBy: null, duration: null } }
          : refuse(404, 'task_not_found', `Task \`${uid}\` not found.`);
      },
    ],
  ];

  const route = (method: string, path: string, text: string): Answer => {
    for (const [wanted, pattern, respond] of routes) {
      const found = wanted === method ? pattern.exec(path) : null;
      if (found) return respond(found[1] ?? '', text === '' ? undefined : parse(text));
    }
    return refuse(404, 'not_found', `No route for ${method} /${path}.`);
  };
  const answer = ({ method = '', url = '/', headers }: IncomingMessage, text: string): Answer => {
    if (apiKey !== undefined && headers.authorization === undefined)
      return refuse(401, 'missing_authorization_header', 'The Authorization header is missing.', 'auth');
    if (apiKey !== undefined && headers.authorization !== `Bearer ${apiKey}`)
      return refuse(403, 'invalid_api_key', 'The provided API key is invalid.', 'auth');
    return safely(() => route(method, new URL(url, 'http://stand-in').pathname.slice(1), text));
  };

  const server = createServer(async (request, response) => {
    const text = await read(request);
    if (isDown) {
      request.socket.destroy();
      return;
    }
    if (delay > 0) await sleep(delay);
    const { status, body } = answer(request, text);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** From now on nobody is answered, or everybody again. */
    beDown: (down: boolean): void => {
      isDown = down;
    },
    /** From now on every answer takes so long. */
    beSlow: (milliseconds: number): void => {
      delay = milliseconds;
    },
    /** The next so many tasks fail, as on a full disk. */
    failTasks: (many: number): void => {
      failing = many;
    },
    /** What is asked for from now on waits for the returned function. */
    holdTasks: (): (() => void) => {
      let release = () => {};
      held = new Promise((resolve) => {
        release = resolve;
      });
      return () => release();
    },
    /** How many searches were answered. */
    searches: (): number => searches,
    documents: (uid: string): readonly Document[] => [...(indexes.get(uid)?.documents.values() ?? [])],
    indexes: (): readonly string[] => [...indexes.keys()].toSorted(),
    /** Types of the tasks, oldest first. */
    tasks: (): readonly string[] => tasks.map(({ type }) => type),
    stop: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

export type MeilisearchStandIn = Awaited<ReturnType<typeof startMeilisearchStandIn>>;

const listed = (uids: readonly string[]): Answer => ({
  status: 200,
  body: {
    results: uids.map((uid) => ({ uid, primaryKey: 'id' })),
    ...{ offset: 0, limit: 1000, total: uids.length },
  },
});

const read = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  request.setEncoding('utf8');
  for await (const part of request) text += part;
  return text;
};

/** Half a character is no JSON to Meilisearch. */
const parse = (text: string): unknown => {
  if (/\\ud[89a-f]/i.test(text.replaceAll(/\\ud[89ab][\da-f]{2}\\ud[c-f][\da-f]{2}/gi, '')))
    throw new SyntaxError('lone leading surrogate in hex escape');
  return JSON.parse(text);
};

/** The answer, or why there is none. */
const safely = (answer: () => Answer): Answer => {
  try {
    return answer();
  } catch (error) {
    if (error instanceof BadFilter) return refuse(400, 'invalid_search_filter', error.message);
    if (error instanceof BadRequest)
      return refuse(error.code === 'index_not_found' ? 404 : 400, error.code, error.message);
    return refuse(400, 'malformed_payload', `The json payload provided is malformed. \`${error}\`.`);
  }
};
