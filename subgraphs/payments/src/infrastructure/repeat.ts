import type { Logger } from 'pino';

/** Runs a job at once and then every so many milliseconds, never twice at a time. */
export const repeat = (
  everyMs: number,
  job: () => Promise<unknown>,
  logger: Logger,
): { stop(): Promise<void> } => {
  let running: Promise<unknown> | null = null;
  const run = () => {
    running ??= job()
      .catch((error: unknown) => logger.error({ err: error }, 'a job failed; it runs again'))
      .finally(() => {
        running = null;
      });
  };
  run();
  const timer = setInterval(run, everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
};
