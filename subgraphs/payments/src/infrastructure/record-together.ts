import { AsyncResource } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';
import type { Ports, Transact } from '../application/ports.ts';
import type { RecordAnswer } from '../application/settle-call.ts';

const mostTogether = 32;
/** How long an answer that is here waits for those that are still on their way. */
const othersMs = 20;

type Waiting = {
  readonly subject: string;
  readonly work: (ports: Ports) => Promise<void>;
  readonly end: (recorded: Promise<void>) => void;
};

/**
 * Records in one transaction what was asked for together, and what comes while another transaction is under way; each under its
 * own cause. `underWay` says how many are asked for and not recorded yet: the last of them is recorded at once. What is about the
 * same subject is never in one transaction. When several fail, each is recorded by itself, so that only the guilty one suffers.
 */
export const recordTogether = (transact: Transact, underWay: () => number = () => 0): RecordAnswer => {
  let waiting: Waiting[] = [];
  let recording = false;
  let arrived = (): void => undefined;

  const record = async (together: readonly Waiting[]): Promise<void> => {
    const recorded = transact((ports) => all(together.map(({ work }) => work(ports))));
    const failed = await recorded.then(
      () => false,
      () => true,
    );
    for (const { work, end } of together) end(failed && together.length > 1 ? transact(work) : recorded);
  };
  const nextArrival = (withinMs: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      arrived = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const othersArrived = async (): Promise<void> => {
    const until = performance.now() + othersMs;
    for (let left = othersMs; left > 0; left = until - performance.now()) {
      // Answers that have arrived already are read before this resolves, and who was recorded is not under way any more.
      await setImmediate();
      if (waiting.length >= Math.min(underWay(), mostTogether)) return;
      await nextArrival(left);
    }
  };
  const recordAll = async (): Promise<void> => {
    recording = true;
    while (waiting.length > 0) {
      await othersArrived();
      await record(next());
    }
    recording = false;
  };
  /** Takes the first of each subject. */
  const next = (): readonly Waiting[] => {
    const together = new Map<string, Waiting>();
    for (const each of waiting) {
      if (together.size < mostTogether && !together.has(each.subject)) together.set(each.subject, each);
    }
    waiting = waiting.filter((each) => together.get(each.subject) !== each);
    return [...together.values()];
  };

  return (subject, work) =>
    new Promise((resolve) => {
      waiting.push({ subject, work: AsyncResource.bind(work), end: resolve });
      arrived();
      if (!recording) void recordAll();
    });
};

/** Waits for all, also when one fails: nothing may go on in a transaction that is over. */
const all = async (works: readonly Promise<void>[]): Promise<void> => {
  await Promise.allSettled(works);
  await Promise.all(works);
};
