/** Lets at most `most` pieces of work run at a time; the others wait their turn. */
export const createLimit = (most: number) => {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running < most) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      // A turn is handed on rather than given back, so that nobody overtakes who waits.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
};
