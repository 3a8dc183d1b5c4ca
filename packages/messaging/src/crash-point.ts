/** For tests of crashes: a process that ends itself, as kill -9 would, at a moment that cannot be met from outside. */
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';

/** A moment at which a crash leaves something half done. */
export type CrashPoint = 'before-commit' | 'after-commit' | 'after-publish' | 'before-ack';

/** Ends the process if this point was armed for this consumer or subject. */
export type Crash = (point: CrashPoint, about: string) => void;

const never: Crash = () => undefined;

/**
 * `CRASH_POINTS` names a folder. Whoever puts a file named `<point> <consumer or subject>` there arms the point; it is
 * removed before the process ends, so that the next goes on. Without the variable nothing is ever looked at.
 * @throws in production.
 */
export const createCrash = (
  env: Readonly<Record<string, string | undefined>>,
  end: () => void = () => process.kill(process.pid, 'SIGKILL'),
): Crash => {
  const { CRASH_POINTS: folder, NODE_ENV } = env;
  if (!folder) return never;
  if (NODE_ENV === 'production') throw new Error('CRASH_POINTS is for tests: it is refused in production.');
  return (point, about) => {
    const armed = path.join(folder, `${point} ${about}`);
    if (!existsSync(armed)) return;
    rmSync(armed);
    end();
  };
};

// biome-ignore lint/style/noProcessEnv: no configuration of a subgraph: nobody who runs one may know of it.
export const crash: Crash = createCrash(process.env);
