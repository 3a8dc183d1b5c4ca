import { AsyncResource } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';
import type { Ports, Transact } from '../application/ports.ts';
import type { RecordAnswer } from '../application/settle-call.ts';

const mostTogether = 32;

type Waiting = {
  readonly subject: string;
  readonly work: (ports: Ports) => Promise<void>;
  readonly end: (recorded: Promise<void>) => void;
};

/**
 * Records what comes while one transaction is under way in the next one, together, each under its own cause; one that comes
 * alone is recorded at once, as soon as whatever else has arrived is read. What is about the same subject is never in one transaction. When several fail, each is recorded by
 * itself, so that only the guilty one suffers.
 */
export const recordTogether = (transact: Transact): RecordAnswer => {
  let waiting: Waiting[] = [];
  let recording = false;

  const record = async (together: readonly Waiting[]): Promise<void> => {
    const recorded = transact((ports) => all(together.map(({ work }) => work(ports))));
    const failed = await recorded.then(
      () => false,
      () => true,
    );
    for (const { work, end } of together) end(failed && together.length > 1 ? transact(work) : recorded);
  };
  const recordAll = async (): Promise<void> => {
    recording = true;
    // Answers that have arrived already are read before this resolves.
    await setImmediate();
    for (let together = next(); together.length > 0; together = next()) await record(together);
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
      if (!recording) void recordAll();
    });
};

/** Waits for all, also when one fails: nothing may go on in a transaction that is over. */
const all = async (works: readonly Promise<void>[]): Promise<void> => {
  await Promise.allSettled(works);
  await Promise.all(works);
};
