import type { KeyedReads } from '@emporium/subgraph';
import type { Search, Understood } from '../../application/search-engine.ts';
import { nearestWords } from '../../domain/nearest-words.ts';
import { Prisma } from '../generated/client.ts';
import { lastWord } from './text-query.ts';

/** More unknown words than that are no slips. */
const mostCorrected = 5;
/** How many words that look alike are compared letter by letter. */
const mostCompared = 30;

/** Comes after every other character: ends the words that begin alike. */
const highest = '\u{10ffff}';

type Row = { lastIsWhole: boolean; unknown: { word: string; candidates: string[] }[] };

/**
 * Replaces words that nothing on sale has by the nearest that titles on sale have. One statement: a word is looked up as it is, as a prefix if it
 * is the last, and only what is not found is compared by trigrams. A last word that titles have is whole: reading it as a
 * beginning, too, would make the index collect every word that begins so.
 */
export const correctWords = async (keyed: KeyedReads, search: Search): Promise<Understood> => {
  const last = lastWord(search.query);
  const [row] = await keyed.rows<Row>(Prisma.sql`
    WITH typed AS (SELECT word, lexeme_of(word) AS lexeme FROM words_of(${search.query}) AS word),
    unknown AS (
      SELECT word FROM typed
      WHERE lexeme IS NOT NULL
        AND NOT EXISTS (SELECT FROM search_words known WHERE known.lexeme = typed.lexeme)
        AND NOT (word = COALESCE(lower(unaccent(${last})), '')
          AND EXISTS (SELECT FROM search_words known WHERE known.word BETWEEN typed.word AND typed.word || ${highest}))
        AND NOT EXISTS (SELECT FROM products p WHERE p.status = 'ACTIVE' AND p.document @@ plainto_tsquery('shop', word))
      ORDER BY word LIMIT ${mostCorrected})
    SELECT
      EXISTS (SELECT FROM search_words known WHERE known.lexeme = lexeme_of(lower(unaccent(${last})))) AS "lastIsWhole",
      (SELECT COALESCE(json_agg(json_build_object(
          'word', word, 'candidates', array(SELECT words_like(word, ${mostCompared}::int)))), '[]') FROM unknown) AS unknown`);
  if (!row) throw new Error('an aggregate without a row');
  const replacements = new Map(
    row.unknown
      .map(({ word, candidates }) => [word, nearestWords(word, candidates)] as const)
      .filter(([, meant]) => meant.length > 0),
  );
  return {
    search,
    replacements,
    corrected: correctedText(search.query, replacements),
    unfinished: row.lastIsWhole ? null : last,
  };
};

/** The text with each mistyped word replaced by its nearest; null where none is. */
const correctedText = (typed: string, replacements: Understood['replacements']): string | null => {
  if (replacements.size === 0) return null;
  return typed.replaceAll(/\p{L}[\p{L}\p{M}]*/gu, (word) => replacements.get(plain(word))?.[0] ?? word);
};

/** As the database's words_of has it. */
const plain = (word: string): string => word.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
