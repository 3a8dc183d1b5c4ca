import { readFileSync } from 'node:fs';
import path from 'node:path';
import { lastLines, startChild } from './processes/child.ts';
import { placesIn } from './repository.ts';
import type { Roster } from './roster.ts';
import { StackError } from './stack-error.ts';

const begunTasks = (logFile: string): number =>
  readFileSync(logFile, 'utf8').match(/: cache (?:hit|miss)/g)?.length ?? 0;

/** Builds all services through turbo, which skips what has not changed. `say` tells how many tasks have begun. */
export const buildServices = async (
  options: { root: string; dataFolder: string; roster: Roster },
  say: (progress: string) => void,
): Promise<number> => {
  const places = placesIn(options.dataFolder);
  const logFile = path.join(places.logs, 'build.log');
  const turbo = path.join(options.root, 'node_modules/turbo/bin/turbo');
  const telling = setInterval(() => say(`${begunTasks(logFile)} tasks`), 250);
  try {
    const { code } = await options.roster.run(() =>
      startChild({
        name: 'build',
        command: process.execPath,
        args: [turbo, 'run', 'build', '--output-logs=new-only', '--ui=stream'],
        cwd: options.root,
        env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', NO_COLOR: '1', FORCE_COLOR: undefined },
        logFile,
        pidFolder: places.run,
        mark: turbo,
      }),
    );
    if (code === 0) return begunTasks(logFile);
    throw new StackError(`The build failed. The end of ${logFile}:\n${lastLines(logFile, 25)}`);
  } finally {
    clearInterval(telling);
  }
};
