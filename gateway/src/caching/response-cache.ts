import { randomBytes } from 'node:crypto';
import type { ExecutionResult } from 'graphql';
import type { RequestContext } from '../execution/request-context.ts';
import type { Logger } from '../logger.ts';
import type { Metrics } from '../metrics.ts';
import { answerKey } from './answer-key.ts';
import type { CacheHints } from './cache-hints.ts';
import type { CacheStore } from './cache-store.ts';
import type { Caching } from './caching.ts';
import { type Change, everything, touchedBy } from './tags.ts';

type Options = {
  readonly store: CacheStore;
  readonly keyOf: CacheHints['keyOf'];
  /** Whether changes are heard of now; while they are not, nothing that is kept can be trusted. */
  readonly hearsChanges: () => boolean;
  readonly logger: Logger;
  readonly metrics: Metrics;
};

type Variables = Readonly<Record<string, unknown>>;
type Run = () => Promise<ExecutionResult>;

/** Answers that are kept for as long as their policy says, or until something that they depend on changes. */
export type ResponseCache = {
  /** The answer that is kept, or a new one. Never rejects for want of the store, and waits for it a moment at most. */
  answer(
    caching: Caching,
    variables: Variables,
    context: RequestContext,
    run: Run,
  ): Promise<ExecutionResult>;
  /** Lets go of all answers that show any of these. */
  changed(changes: readonly Change[]): Promise<void>;
  /** Lets go of all: changes may have gone unheard. */
  forgetAll(): Promise<void>;
};

/** An answer as it is kept, with the stamps that its tags had: fresh while they are the same. */
type Kept = {
  readonly data: Record<string, unknown>;
  readonly stamps: Readonly<Record<string, string>>;
  readonly keptAt: number;
};

type Stamps = ReadonlyMap<string, string | null>;

const longestKeptSeconds = 24 * 60 * 60;
const mostCharacters = 256 * 1024;

/**
 * Every tag has a stamp in the store, of no meaning but that a change replaces it. An answer is kept with the stamps of
 * its tags, and is fresh while all of them are there and the same: so a stamp that the store lets go costs an answer, and
 * never brings an old one back. The stamps of all types are read before subgraphs are asked, and again after: when
 * one has changed meanwhile, the answer may be older than the change, and is not kept.
 */
export const createResponseCache = (options: Options): ResponseCache => {
  const { store, keyOf, hearsChanges, logger, metrics } = options;
  let unheard = false;
  let retries = false;

  const readStamps = async (tags: readonly string[]): Promise<Stamps> => {
    const stamps = await store.read(tags.map(stampKey));
    return new Map(tags.map((tag, index) => [tag, stamps[index] ?? null]));
  };

  const restamp = async (tags: readonly string[]): Promise<void> => {
    const stamp = newStamp();
    await store.write(Object.fromEntries(tags.map((tag) => [stampKey(tag), stamp])), longestKeptSeconds);
  };

  const forgetAll = async (): Promise<void> => {
    unheard = true;
    try {
      await restamp([everything]);
      unheard = false;
    } catch (error) {
      unheard = true;
      logger.debug({ reason: String(error) }, 'kept answers are out of use until the cache answers');
    }
  };

  const isInUse = (): boolean => {
    if (!store.isReady() || !hearsChanges()) return false;
    if (unheard && !retries) {
      retries = true;
      void forgetAll().finally(() => {
        retries = false;
      });
    }
    return !unheard;
  };

  const lookUp = async (key: string, tags: readonly string[]) => {
    const [text, ...stamps] = await store.read([key, ...tags.map(stampKey)]);
    const before: Stamps = new Map(tags.map((tag, index) => [tag, stamps[index] ?? null]));
    const kept = text ? (JSON.parse(text) as Kept) : null;
    if (!kept || !agrees(kept.stamps, before)) return { before, kept: null };
    const others = Object.keys(kept.stamps).filter((tag) => !before.has(tag));
    const isFresh = others.length === 0 || agrees(kept.stamps, await readStamps(others));
    return { before, kept: isFresh ? kept : null };
  };

  const keep = async (
    { tags, maxAge, dependenciesOf }: Caching,
    key: string,
    data: Record<string, unknown>,
    before: Stamps,
  ): Promise<void> => {
    const needed = dependenciesOf(data);
    const after = await readStamps([...new Set([...tags, ...needed])]);
    if (tags.some((tag) => after.get(tag) !== before.get(tag))) return;
    const fresh = newStamp();
    const missing = needed.filter((tag) => after.get(tag) === null);
    const added = Object.fromEntries(missing.map((tag) => [stampKey(tag), fresh]));
    if (!(await store.writeNew(added, longestKeptSeconds))) return;
    const stamps = Object.fromEntries(needed.map((tag) => [tag, after.get(tag) ?? fresh]));
    const text = JSON.stringify({ data, stamps, keptAt: Date.now() } satisfies Kept);
    if (text.length <= mostCharacters)
      await store.write({ [key]: text }, Math.min(maxAge, longestKeptSeconds));
  };

  const count = (outcome: 'hit' | 'miss' | 'bypass') => metrics.cachedAnswers.inc({ outcome });

  const answerAnew = async (caching: Caching, context: RequestContext, run: Run) => {
    const result = await run();
    if (result.errors === undefined && result.data) tellHttp(caching, context, 0);
    return result;
  };

  return {
    answer: async (caching, variables, context, run) => {
      if (!isInUse()) {
        count('bypass');
        return answerAnew(caching, context, run);
      }
      const key = answerKey(caching, variables, context);
      const found = await lookUp(key, caching.tags).catch(() => null);
      if (found?.kept) {
        count('hit');
        tellHttp(caching, context, found.kept.keptAt);
        return { data: found.kept.data };
      }
      count(found ? 'miss' : 'bypass');
      const result = await answerAnew(caching, context, run);
      if (found && result.errors === undefined && result.data)
        keep(caching, key, result.data, found.before).catch(() => {});
      return result;
    },
    changed: async (changes) => {
      const tags = new Set(changes.flatMap((change) => touchedBy(change, keyOf)));
      if (tags.size > 0) await restamp([...tags]).catch(forgetAll);
    },
    forgetAll,
  };
};

const stampKey = (tag: string): string => `stamp:${tag}`;

const newStamp = (): string => randomBytes(9).toString('base64url');

/** Whether the stamps that are known now are those that were kept. */
const agrees = (kept: Readonly<Record<string, string>>, now: Stamps): boolean =>
  [...now].every(([tag, stamp]) => !Object.hasOwn(kept, tag) || kept[tag] === stamp);

/** What caches on the way, and browsers, may do. */
const tellHttp = ({ maxAge, scope }: Caching, { answerHeaders }: RequestContext, keptAt: number): void => {
  if (!answerHeaders) return;
  answerHeaders['cache-control'] = `max-age=${maxAge}, ${scope.toLowerCase()}`;
  answerHeaders.vary = scope === 'PUBLIC' ? 'accept' : 'accept, authorization, cookie';
  if (keptAt > 0) answerHeaders.age = String(Math.max(0, Math.floor((Date.now() - keptAt) / 1000)));
};
