import type { SearchEngine, Understood, Wanted } from '../../../application/search-engine.ts';
import { SearchInterrupted } from '../../../application/search-engine.ts';
import { placeMark } from './meilisearch-search.ts';
import { choicesIn } from './search-filter.ts';

type Options = {
  readonly meilisearch: SearchEngine;
  readonly postgres: SearchEngine;
  /** Whether the index has everything. */
  readonly isReady: () => Promise<boolean>;
  /** Meilisearch does not answer, or does again. */
  readonly told: (error: unknown | null) => void;
  /** How long it is not asked after it failed. */
  readonly restMs: number;
  readonly now: () => number;
};

/** Of options in a filter: each is a condition for Meilisearch. */
const mostChoices = 500;

/** Another word than `or` is none; inside of quotes it is a word. */
const alternatives = /(?:^|\s)or(?:\s|$)/i;

/**
 * Meilisearch where it answers, else Postgres: a shop that searches less well is better than one that does not. What
 * Meilisearch does not understand is Postgres', too. A list goes on with the engine that began it, or not at all.
 */
export const createSearchWithFallback = ({
  meilisearch,
  postgres,
  isReady,
  told,
  restMs,
  now,
}: Options): SearchEngine => {
  let restsUntil = 0;

  /** With Meilisearch if it may be, else as `otherwise` does. */
  const attempt = async <Answer>(
    ask: (engine: SearchEngine) => Promise<Answer>,
    otherwise: () => Promise<Answer> = () => ask(postgres),
  ): Promise<Answer> => {
    if (now() < restsUntil || !(await isReady())) return otherwise();
    try {
      const answer = await ask(meilisearch);
      if (restsUntil > 0) told(null);
      restsUntil = 0;
      return answer;
    } catch (error) {
      if (restsUntil === 0) told(error);
      restsUntil = now() + restMs;
      return otherwise();
    }
  };

  return {
    understand: postgres.understand,
    find: (understood, wanted, as) => {
      const ask = (engine: SearchEngine) => engine.find(understood, wanted, as);
      const begun = begunBy(wanted);
      if (begun === 'postgres' || isPostgres(understood)) return ask(postgres);
      return attempt(
        ask,
        begun === 'meilisearch' ? () => Promise.reject(new SearchInterrupted()) : undefined,
      );
    },
    highlight: (understood, ids, as) => {
      const ask = (engine: SearchEngine) => engine.highlight(understood, ids, as);
      return isPostgres(understood) ? ask(postgres) : attempt(ask);
    },
    suggest: (typed, limit, as) => attempt((engine) => engine.suggest(typed, limit, as)),
  };
};

const isPostgres = ({ search: { query, filter } }: Understood): boolean =>
  alternatives.test(query.replaceAll(/"[^"]*"/g, '')) || choicesIn(filter) > mostChoices;

/** Whose cursor it is; cursors of other sorts than relevance are everybody's. */
const begunBy = ({ page }: Wanted): 'meilisearch' | 'postgres' | null => {
  if (page?.sort !== 'RELEVANCE' || !page.slice.after) return null;
  return page.slice.after[1]?.startsWith(placeMark) ? 'meilisearch' : 'postgres';
};
