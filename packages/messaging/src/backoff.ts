/** Growing waits for something that does not answer: doubles from `firstMs` up to `mostMs`, until it answers. */
export type Backoff = {
  next(): number;
  reset(): void;
};

export const createBackoff = (firstMs = 200, mostMs = 5_000): Backoff => {
  let wait = firstMs;
  return {
    next: () => {
      const now = wait;
      wait = Math.min(wait * 2, mostMs);
      return now;
    },
    reset: () => {
      wait = firstMs;
    },
  };
};
