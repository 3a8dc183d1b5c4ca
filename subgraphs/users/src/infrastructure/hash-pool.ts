import { Worker } from 'node:worker_threads';

/** Hashes a password, or compares it with a hash: with `null` as long as with any, and never equal. */
export type HashJob = { readonly password: string; readonly compareWith?: string | null };

type Answer = { readonly result: string | boolean } | { readonly error: string };

type Waiting = {
  readonly job: HashJob;
  readonly settle: (answer: Answer) => void;
};

type Thread = (waiting: Waiting) => void;

type Options = {
  readonly threads: number;
  /** Whoever would wait longer than so many milliseconds is turned away. */
  readonly longestWaitMs: number;
  /** Makes what is thrown at whom is turned away; the wait in milliseconds. */
  readonly turnAway: (waitMs: number) => Error;
};

const threadFile = new URL('./hash-thread.js', import.meta.url);

/** Before anything was measured: twice what one takes on a machine at rest. */
const firstGuessMs = 50;
/** How much one measurement says against all before it. */
const newsWeight = 0.1;

/** A few threads that hash, and a line before them that is never longer than somebody would wait. */
export const createHashPool = ({ threads, longestWaitMs, turnAway }: Options) => {
  const line: Waiting[] = [];
  const idle: Thread[] = [];
  let alive = 0;
  let takesMs = firstGuessMs;

  const next = (): void => {
    if (line.length === 0) return;
    const thread = idle.pop() ?? (alive < threads ? start() : undefined);
    if (thread) thread(line.shift() as Waiting);
  };

  /** A thread is what takes the first of the line. */
  const start = (): Thread => {
    alive += 1;
    const worker = new Worker(threadFile);
    worker.unref();
    let current: { readonly waiting: Waiting; readonly began: number } | undefined;
    const thread: Thread = (waiting) => {
      current = { waiting, began: performance.now() };
      // A process with work under way does not end; one with idle threads may.
      worker.ref();
      worker.postMessage(waiting.job);
    };
    worker.on('message', (answer: Answer) => {
      if (!current) return;
      const { waiting, began } = current;
      current = undefined;
      takesMs += newsWeight * (performance.now() - began - takesMs);
      worker.unref();
      idle.push(thread);
      waiting.settle(answer);
      next();
    });
    let reason = 'a thread that hashes has ended';
    worker.on('error', (error) => {
      reason = String(error);
    });
    worker.on('exit', () => {
      alive -= 1;
      if (idle.includes(thread)) idle.splice(idle.indexOf(thread), 1);
      current?.waiting.settle({ error: reason });
      next();
    });
    return thread;
  };

  return async (job: HashJob): Promise<string | boolean> => {
    const waitMs = ((line.length + 1) * takesMs) / threads;
    if (waitMs > longestWaitMs) throw turnAway(waitMs);
    const answer = await new Promise<Answer>((settle) => {
      line.push({ job, settle });
      next();
    });
    if ('error' in answer) throw new Error(answer.error);
    return answer.result;
  };
};
