import { every, type KeyedReads, type Logger } from '@emporium/subgraph';
import { Meilisearch } from 'meilisearch';
import type { SearchEngine } from '../../../application/search-engine.ts';
import type { PrismaClient } from '../../generated/client.ts';
import { createPostgresSearch } from '../postgres-search.ts';
import { createMeilisearchSearch } from './meilisearch-search.ts';
import { createSearchChanges } from './search-changes.ts';
import { createSearchWithFallback } from './search-with-fallback.ts';
import { tellMeilisearch } from './tell-meilisearch.ts';

export type MeilisearchAccess = { readonly url: string; readonly apiKey: string | undefined };

/** A buyer who searches waits no longer for Meilisearch before Postgres is asked. */
const answerMs = 2_000;
const tellMs = 300;
const restMs = 5_000;
/** How long a replica may not know that an index was built. */
const stateMs = 5_000;

/** `timeout` bounds each request. */
export const openMeilisearch = ({ url, apiKey }: MeilisearchAccess, timeout = 10_000): Meilisearch =>
  new Meilisearch({ host: url, timeout, ...(apiKey !== undefined && { apiKey }) });

/** The search of the service: Postgres, or Meilisearch before it, which is told of every change from then on. */
export const openSearch = async (
  prisma: PrismaClient,
  keyed: KeyedReads,
  access: MeilisearchAccess | null,
  logger: Logger,
): Promise<{ readonly search: SearchEngine; readonly stop: () => Promise<void> }> => {
  const postgres = createPostgresSearch(prisma, keyed);
  const changes = createSearchChanges(prisma);
  if (!access) {
    // Nobody tells an engine that is gone; should it come back, it is built anew.
    if (await changes.state()) await changes.forget();
    return { search: postgres, stop: async () => undefined };
  }
  if (!(await changes.state())?.ready)
    logger.warn(
      'Meilisearch has no index yet: Postgres searches until `npm run search:rebuild` has made it',
    );
  const tell = tellMeilisearch(prisma, openMeilisearch(access), changes);
  let failing = false;
  const telling = every(
    tellMs,
    async () => {
      while ((await tell()) > 0);
      failing = false;
    },
    (error) => {
      logger[failing ? 'debug' : 'warn'](
        { err: error },
        'Meilisearch cannot be told of changes; it is tried again',
      );
      failing = true;
    },
  );
  const search = createSearchWithFallback({
    meilisearch: createMeilisearchSearch(prisma, keyed, openMeilisearch(access, answerMs)),
    postgres,
    isReady: rememberFor(stateMs, async () => (await changes.state())?.ready ?? false),
    told: (error) =>
      error === null
        ? logger.info('Meilisearch answers searches again')
        : logger.warn({ err: error }, 'Meilisearch does not answer: Postgres searches'),
    restMs,
    now: () => performance.now(),
  });
  return { search, stop: telling.stop };
};

/** Asks at most so often. */
const rememberFor = <Value>(milliseconds: number, ask: () => Promise<Value>): (() => Promise<Value>) => {
  let asked = Number.NEGATIVE_INFINITY;
  let value: Promise<Value> | undefined;
  return () => {
    if (!value || performance.now() - asked > milliseconds) {
      asked = performance.now();
      value = ask().catch((error: unknown) => {
        value = undefined;
        throw error;
      });
    }
    return value;
  };
};
