/**
 * Does something again and again, `milliseconds` after it was last done, never twice at a time; `atOnce` does it now for
 * the first time. `stop` resolves when what is under way has ended. What it throws is told to `failed`.
 */
export const every = (
  milliseconds: number,
  work: () => Promise<void> | void,
  failed: (error: unknown) => void,
  { atOnce = false } = {},
): { stop(): Promise<void> } => {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const run = async () => {
    try {
      await work();
    } catch (error) {
      failed(error);
    }
    if (!stopped) plan();
  };
  const plan = () => {
    timer = setTimeout(() => {
      running = run();
    }, milliseconds);
  };
  if (atOnce) running = run();
  else plan();
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      return running;
    },
  };
};
