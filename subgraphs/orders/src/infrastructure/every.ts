/**
 * Does something again and again, `milliseconds` after it was last done, never twice at a time. `stop` resolves when what
 * is under way has ended. What it throws is told to `failed`.
 */
export const every = (
  milliseconds: number,
  work: () => Promise<void> | void,
  failed: (error: unknown) => void,
): { stop(): Promise<void> } => {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout;
  const plan = () => {
    timer = setTimeout(() => {
      running = run();
    }, milliseconds);
  };
  const run = async () => {
    try {
      await work();
    } catch (error) {
      failed(error);
    }
    if (!stopped) plan();
  };
  plan();
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      return running;
    },
  };
};
