import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';

/** Work that should be let finish. */
export type UnderWay = {
  watch<Result>(work: Promise<Result>): Promise<Result>;
  /** When none is under way any more, or after `withinMs`. */
  end(withinMs: number): Promise<void>;
};

export const createUnderWay = (): UnderWay => {
  const underWay = new Set<Promise<unknown>>();
  return {
    watch: async (work) => {
      underWay.add(work);
      try {
        return await work;
      } finally {
        underWay.delete(work);
      }
    },
    end: async (withinMs) => {
      const tooLate = new AbortController();
      const late = pause(withinMs, undefined, { signal: tooLate.signal }).catch(() => {});
      let isLate = false;
      void late.then(() => {
        isLate = true;
      });
      while (underWay.size > 0 && !isLate) await Promise.race([late, Promise.allSettled(underWay)]);
      tooLate.abort();
      await turn(); // whoever waited for the work can use what came of it
    },
  };
};
