import { busy } from './graphql/errors.ts';

type Options = {
  /** How many are served at once. */
  readonly width: number;
  /** What one is taken to need before anything was measured. */
  readonly firstGuessMs: number;
  /** Whoever would wait longer is told BUSY at once. */
  readonly longestWaitSeconds: number;
};

export type Line = <T>(work: () => Promise<T>) => Promise<T>;

/** How much one measurement says against all before it. */
const newsWeight = 0.1;

/** Lets a few pieces of work run at once; the others wait in line, unless that would take too long. */
export const createLine = ({ width, firstGuessMs, longestWaitSeconds }: Options): Line => {
  const waiting: (() => void)[] = [];
  let free = width;
  let takesMs = firstGuessMs;
  return async (work) => {
    if (free > 0) free -= 1;
    else {
      const waitMs = ((waiting.length + 1) * takesMs) / width;
      if (waitMs > longestWaitSeconds * 1000) throw busy(Math.ceil(waitMs / 1000));
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    const began = performance.now();
    try {
      return await work();
    } finally {
      takesMs += newsWeight * (performance.now() - began - takesMs);
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
};
