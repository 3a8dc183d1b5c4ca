import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Hashes a password, or compares it with a hash: with `null` as long as with any, and never equal. */
export type HashJob = { readonly password: string; readonly compareWith?: string | null };

type Answer = { readonly result: string | boolean } | { readonly error: string };

const file = fileURLToPath(new URL('./hash-process.js', import.meta.url));

/**
 * A process of its own, because of its memory: threads of different priority that share theirs wait for each other where it is
 * mapped. In a session of its own, which has its own priority. It inherits nothing that it has no need of.
 */
const start = (): ChildProcess => {
  const child = fork(file, {
    detached: true,
    execArgv: [],
    env: {},
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child.setMaxListeners(0);
  return child;
};

const answerOf = (child: ChildProcess, job: HashJob): Promise<Answer> =>
  new Promise((resolve) => {
    const settle = (answer: Answer): void => {
      child.off('message', settle);
      child.off('exit', fail);
      child.off('error', fail);
      resolve(answer);
    };
    const fail = (): void => settle({ error: 'a process that hashes has ended' });
    child.on('message', settle);
    child.on('exit', fail);
    child.on('error', fail);
    child.send(job, (error) => error && fail());
  });

/** Runs jobs in processes that it starts when there is need and keeps; the caller sees to it that there are not too many. */
export const createHashPool = () => {
  const idle: ChildProcess[] = [];
  return async (job: HashJob): Promise<string | boolean> => {
    let child = idle.pop();
    while (child && !child.connected) child = idle.pop();
    child ??= start();
    // A service with work under way does not end; one with idle processes may.
    child.ref();
    child.channel?.ref();
    const answer = await answerOf(child, job);
    if (child.connected) idle.push(child);
    child.unref();
    child.channel?.unref();
    if ('error' in answer) throw new Error(answer.error);
    return answer.result;
  };
};
