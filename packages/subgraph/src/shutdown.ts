import type { Logger } from './logger.ts';

const signals = ['SIGTERM', 'SIGINT'] as const;

/** Runs the steps in order, once, on SIGTERM or SIGINT, then exits; a step that fails is logged and passed over. */
export const stopOnSignal = (logger: Logger, steps: readonly (() => Promise<void> | void)[]): void => {
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    for (const step of steps) {
      try {
        await step();
      } catch (error) {
        logger.error({ err: error }, 'a part did not stop cleanly');
      }
    }
    process.exit(0);
  };
  for (const signal of signals) process.on(signal, () => void stop());
};

/** Runs a composition root; when it cannot start, one clear line and exit code 1. */
export const startService = (main: () => Promise<void>): void => {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
};
