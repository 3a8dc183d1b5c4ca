import { type ChildProcess, fork } from 'node:child_process';

const children: ChildProcess[] = [];

/** A process that ends with this one. What it prints is dropped; what it complains of is kept, to be shown if it fails. */
export const startChild = (
  file: string,
  env: Readonly<Record<string, string>> = {},
  execArgv: readonly string[] = [],
) => {
  const child = fork(file, {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: 'true', ...env },
    execArgv: [...execArgv],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  children.push(child);
  let complaints = '';
  child.stderr?.on('data', (chunk) => {
    complaints = (complaints + chunk).slice(-4_000);
  });
  const ended = new Promise<never>((_, reject) => {
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}:\n${complaints}`)));
  });
  ended.catch(() => {});

  /** The next message that it sends; throws when it ends first. */
  const next = <Told>(): Promise<Told> =>
    Promise.race([new Promise<Told>((resolve) => child.once('message', resolve as never)), ended]);

  return {
    next,
    ended,
    tell: (message: string | object): void => void child.send(message),
    ask: <Told>(message: string | object): Promise<Told> => {
      const answer = next<Told>();
      child.send(message);
      return answer;
    },
  };
};

export type Child = ReturnType<typeof startChild>;

const patienceMs = 2_000;

/** Lets each end by itself, as they do without a parent, so that profiles are written; then kills. */
export const endChildren = async (): Promise<void> => {
  await Promise.all(
    children.map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      const killing = setTimeout(() => child.kill('SIGKILL'), patienceMs);
      if (child.connected) child.disconnect();
      await ended;
      clearTimeout(killing);
    }),
  );
};
