import { setTimeout as sleep } from 'node:timers/promises';
import type { Meilisearch } from 'meilisearch';
import { liveIndex, nextIndex, settings } from './products-index.ts';
import type { SearchChanges } from './search-changes.ts';
import { done } from './tell-meilisearch.ts';

const batch = 5_000;
/** What is left is with the service then. */
const pauseMs = 50;

/**
 * Fills another index beside the one that searches ask, and swaps them when it has everything. Changes go to both
 * meanwhile. Answers how many products it has. May be broken off and begun again at any point.
 */
export const rebuildIndex = async ({
  client,
  changes,
  tell,
  advanced = () => undefined,
}: {
  readonly client: Meilisearch;
  readonly changes: SearchChanges;
  /** Tells the next products and answers how many; the service does so at the same time. */
  readonly tell: () => Promise<number>;
  readonly advanced?: (left: number) => void;
}): Promise<number> => {
  if (!(await exists(client, liveIndex))) await makeIndex(client, liveIndex);
  await removeIndex(client, nextIndex);
  await makeIndex(client, nextIndex);
  await changes.follow();
  let total = 0;
  for (let after = ''; ; ) {
    const { last, count } = await changes.noteAll(after, batch);
    total += count;
    if (last === null) break;
    after = last;
  }
  for (let left = total; left > 0; left = await changes.left()) {
    if ((await tell()) === 0) await sleep(pauseMs);
    advanced(left);
  }
  await done(client.swapIndexes([{ indexes: [liveIndex, nextIndex], rename: false }]));
  await changes.built();
  await removeIndex(client, nextIndex);
  return total;
};

const exists = async (client: Meilisearch, uid: string): Promise<boolean> => {
  const { results } = await client.getRawIndexes({ limit: 1_000 });
  return results.some((index) => index.uid === uid);
};

const makeIndex = async (client: Meilisearch, uid: string): Promise<void> => {
  await done(client.createIndex(uid, { primaryKey: 'id' }));
  await done(client.index(uid).updateSettings(settings));
};

const removeIndex = async (client: Meilisearch, uid: string): Promise<void> => {
  if (await exists(client, uid)) await done(client.deleteIndex(uid));
};
