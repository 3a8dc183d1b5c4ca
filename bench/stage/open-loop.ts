import { setTimeout as delay } from 'node:timers/promises';

/** What answers took, in milliseconds from when each was due, in no order. */
export type Measured = { readonly took: readonly number[]; readonly seconds: number };

/**
 * Asks at a fixed rate, whether answers come or not, and counts from when each question was due: who is slow does not get fewer
 * questions. Throws what any question throws, once nothing is under way any more.
 */
export const askAtRate = async (
  ask: (turn: number, due: number) => Promise<void>,
  perSecond: number,
  seconds: number,
): Promise<Measured> => {
  const took: Promise<number>[] = [];
  const begin = performance.now();
  for (let turn = 0; turn < perSecond * seconds; turn += 1) {
    const due = begin + (turn * 1000) / perSecond;
    const early = due - performance.now();
    if (early > 0) await delay(early);
    const answered = ask(turn, due).then(() => performance.now() - due);
    answered.catch(() => {});
    took.push(answered);
  }
  await Promise.allSettled(took);
  return { took: await Promise.all(took), seconds: (performance.now() - begin) / 1000 };
};
