/** Remembers that it rang until somebody looks, however often it rang; starts rung. `listen` answers the way to stop. */
export const createAlarm = (listen: (ring: () => void) => () => void) => {
  let rung = true;
  let stopped = false;
  let waiting: (() => void)[] = [];
  const wake = () => {
    const woken = waiting;
    waiting = [];
    for (const resolve of woken) resolve();
  };
  const ring = () => {
    rung = true;
    wake();
  };
  const unlisten = listen(ring);
  return {
    isStopped: () => stopped,
    /** Resolves to true at the next ring, to false when stopped. */
    rings: async (): Promise<boolean> => {
      while (!rung && !stopped) {
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      rung = false;
      return !stopped;
    },
    stop: () => {
      if (stopped) return;
      stopped = true;
      unlisten();
      wake();
    },
  };
};

export type Alarm = ReturnType<typeof createAlarm>;
