import { type Row, seats } from './matrix.ts';
import type { Sighting } from './observe.ts';

/** Sentences about what was answered otherwise than the matrix says; none, when all is well. */
export const judge = (sightings: readonly Sighting[]): readonly string[] => {
  const shown = new Set(
    sightings.filter(({ seen, apart }) => seen === 'yes' && !apart).map(({ at }) => at),
  );
  return sightings.flatMap(({ at, seat, seen, expected, apart, row }) => {
    // A value can be null for reasons of its own: then it is for everybody.
    const isEmpty = expected === 'yes' && seen === 'null' && (apart || !shown.has(at));
    if (seen === expected || isEmpty) return [];
    return [`${at} (${row.type}.${row.field}) as ${seat}: ${seen}, but the matrix says ${expected}`];
  });
};

/**
 * Rows with a rule that nobody was seen to pass, or nobody to be stopped by: of those a walk proves nothing. A nested field
 * stops nobody where those whom it would stop do not get as far.
 */
export const unproven = (sightings: readonly Sighting[]): readonly string[] => {
  const rows = new Set(sightings.map(({ row }) => row));
  return [...rows].filter(hasRule).flatMap((row) => {
    const seen = sightings.filter((sighting) => sighting.row === row).map((sighting) => sighting.seen);
    const isPassed = seen.includes('yes');
    const isStopping = row.path === 'nested' || seen.some((each) => each !== 'yes');
    return isPassed && isStopping ? [] : [`${row.type}.${row.field}`];
  });
};

const hasRule = ({ cells }: Row): boolean => seats.some((seat) => cells[seat] !== 'yes');
