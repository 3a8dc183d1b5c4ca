/** Which words somebody may have meant who typed one that nobody uses. */

const mostMeant = 3;

/** How many slips are forgiven: none in the shortest words, where everything is near to everything. */
const forgiven = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2);

/** The nearest of the candidates, at most three and all equally near; the earlier ones first. None where all are too far. */
export const nearestWords = (typed: string, candidates: readonly string[]): readonly string[] => {
  const most = forgiven([...typed].length);
  const near = candidates
    .map((word) => ({ word, slips: slipsBetween(typed, word, most) }))
    .filter(({ slips }) => slips <= most);
  const fewest = Math.min(...near.map(({ slips }) => slips));
  return near
    .filter(({ slips }) => slips === fewest)
    .slice(0, mostMeant)
    .map(({ word }) => word);
};

/**
 * Letters left out, put in, mistaken or swapped with their neighbour, each counts one (optimal string alignment). Texts whose
 * lengths differ by more than `most` are not compared: the answer is above it.
 */
export const slipsBetween = (typed: string, meant: string, most: number): number => {
  const [a, b] = [[...typed], [...meant]];
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current.push(
        Math.min(
          (last[column] as number) + 1,
          (current[column - 1] as number) + 1,
          (last[column - 1] as number) + same,
          swapped ? (beforeLast[column - 2] as number) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    [beforeLast, last] = [last, current];
  }
  return last[b.length] as number;
};
