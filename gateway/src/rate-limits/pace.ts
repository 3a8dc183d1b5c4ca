/** Null when the caller may begin at once; else resolves when it may. */
export type Pace = () => Promise<void> | null;

/** Lets one begin in every `intervalMs`, in the order they came, and the first after a quiet time at once. */
export const createPace = (intervalMs: number): Pace => {
  let nextAt = 0;
  return () => {
    const now = performance.now();
    const beginsAt = Math.max(now, nextAt);
    nextAt = beginsAt + intervalMs;
    return beginsAt > now ? new Promise((begin) => setTimeout(begin, beginsAt - now)) : null;
  };
};
