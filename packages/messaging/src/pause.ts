import { createBackoff } from './backoff.ts';

/** Holds a consumer while its database or broker does not answer. */
export type Pause = {
  /**
   * Something did not answer: hold for a while; longer each time, once for all that fail meanwhile. Answers whether
   * this is the one that began the pause.
   */
  extend(): boolean;
  /** It answers. */
  end(): void;
  /** Resolves when there is no pause, or at `signal`. */
  over(signal: AbortSignal): Promise<void>;
};

export const createPause = (): Pause => {
  const backoff = createBackoff();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: (() => void)[] = [];

  const release = () => {
    clearTimeout(timer);
    timer = undefined;
    for (const resolve of waiting) resolve();
    waiting = [];
  };
  return {
    extend: () => {
      if (timer) return false;
      timer = setTimeout(release, backoff.next());
      return true;
    },
    end: () => {
      backoff.reset();
      if (timer) release();
    },
    over: async (signal) => {
      if (!timer || signal.aborted) return;
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        signal.addEventListener('abort', release, { once: true });
      });
      signal.removeEventListener('abort', release);
    },
  };
};
