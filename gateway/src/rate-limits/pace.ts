/** For how many milliseconds the caller has to wait for its turn; null when that is too long, and then it takes none. */
export type Pace = () => number | null;

/** Lets one begin in every `intervalMs`, in the order they came, the first after a quiet time at once, and none wait longer than `longestMs`. */
export const createPace = (intervalMs: number, longestMs: number): Pace => {
  let nextAt = 0;
  return () => {
    const now = performance.now();
    const wait = Math.max(0, nextAt - now);
    if (wait > longestMs) return null;
    nextAt = now + wait + intervalMs;
    return wait;
  };
};
