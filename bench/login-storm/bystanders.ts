import { setTimeout as delay } from 'node:timers/promises';
import type { Account, ShopFront } from './shop-front.ts';

/** What others ask meanwhile: one of the service that hashes, one of another. */
const asked = ['{ me { name email } }', '{ cart { lines { quantity } } }'];
const everyMs = 20;

/** Asks at a steady pace, whether answers come or not, until `until` settles; how long each took, in milliseconds. */
export const watchBystanders = async (
  front: ShopFront,
  accounts: readonly Account[],
  until: Promise<unknown>,
): Promise<readonly number[]> => {
  const took: Promise<number>[] = [];
  let isOver = false;
  const ended = until.finally(() => {
    isOver = true;
  });
  const begin = performance.now();
  for (let turn = 0; !isOver; turn += 1) {
    const account = accounts[turn % accounts.length];
    const query = asked[turn % asked.length];
    if (!account || query === undefined) throw new Error('nobody is there to ask');
    const began = performance.now();
    took.push(front.query(query, account).then(() => performance.now() - began));
    await delay(Math.max(0, begin + (turn + 1) * everyMs - performance.now()));
  }
  await ended;
  return Promise.all(took);
};
