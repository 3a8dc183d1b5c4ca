/** The process behind `npm start` and `npm run dev`: starts the stack, and stops it when it is told to. */
import { terminalReporter } from './report/terminal-reporter.ts';
import { ownDataFolder, placesIn, repositoryRoot } from './repository.ts';
import { createRoster, StoppingError } from './roster.ts';
import { StackError } from './stack-error.ts';
import { releaseDataFolder } from './stack-file.ts';
import { startStack } from './start.ts';

/** npm passes a Ctrl-C on that the terminal had sent to all of us: two within this time are one. */
const sameKeyMs = 700;

const lookAtParentEveryMs = 1_000;

/** Calls back when npm is gone: told to stop, it ends, and a shell between us and it tells us nothing. */
const whenNpmEnds = (ended: () => void): void => {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    ended();
  }, lookAtParentEveryMs);
  timer.unref();
};

/** Runs until a signal, or the first thing that cannot be mended, ends it. */
export const main = async (): Promise<void> => {
  const dataFolder = ownDataFolder();
  const roster = createRoster(placesIn(dataFolder).run);
  const report = terminalReporter(process.stdout);
  let stopping: Promise<void> | undefined;
  let toldAt = 0;

  const stop = async (exitCode: number): Promise<void> => {
    await roster.stop();
    releaseDataFolder(dataFolder);
    report.close();
    process.exit(exitCode);
  };
  const onSignal = () => {
    if (Date.now() - toldAt < sameKeyMs) return;
    toldAt = Date.now();
    if (stopping) {
      report.line('Stopping at once.');
      roster.abandon();
      releaseDataFolder(dataFolder);
      process.exit(130);
    }
    report.line('Stopping; press Ctrl-C again to stop at once.');
    stopping = stop(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  whenNpmEnds(() => {
    if (!stopping) onSignal();
  });

  try {
    const watch = process.argv.includes('--watch');
    await startStack({ root: repositoryRoot, dataFolder, env: process.env, watch, roster, report });
  } catch (error) {
    if (stopping || error instanceof StoppingError) return;
    report.close();
    console.error(error instanceof StackError ? error.message : error);
    await stop(1);
  }
};
