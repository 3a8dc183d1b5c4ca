/** No whole answer came in time, however much of one did. */
export class AnswerTimeout extends Error {
  override readonly name = 'AnswerTimeout';
  readonly code = 'ANSWER_TIMEOUT';
}

/** Exchanges that have to end in time. */
export type Deadlines = {
  /** `expire` is called once if it is not forgotten before. */
  watch(expire: (reason: AnswerTimeout) => void): void;
  forget(expire: (reason: AnswerTimeout) => void): void;
};

/**
 * One limit for all, so they are due in the order in which they began, and one timer at a time is enough: it waits for the
 * eldest, which most often is long forgotten when it is due, and then for the next. That is a timer per limit, not per exchange.
 */
export const createDeadlines = (limitMs: number): Deadlines => {
  const beganAt = new Map<(reason: AnswerTimeout) => void, number>();
  let isWaiting = false;

  const wait = (ms: number): void => {
    isWaiting = true;
    setTimeout(waitForEldest, ms).unref();
  };
  const waitForEldest = (): void => {
    isWaiting = false;
    const now = performance.now();
    for (const [expire, began] of beganAt) {
      const dueIn = began + limitMs - now;
      if (dueIn > 0) {
        wait(Math.ceil(dueIn));
        return;
      }
      beganAt.delete(expire);
      expire(new AnswerTimeout(`no whole answer within ${limitMs} ms`));
    }
  };

  return {
    watch: (expire) => {
      beganAt.set(expire, performance.now());
      if (!isWaiting) wait(limitMs);
    },
    forget: (expire) => {
      beganAt.delete(expire);
    },
  };
};
