import type { EnqueuedTaskPromise, Meilisearch } from 'meilisearch';
import type { PrismaClient } from '../../generated/client.ts';
import { liveIndex, nextIndex, type ProductDocument } from './products-index.ts';
import { readDocuments } from './read-documents.ts';
import type { SearchChange, SearchChanges } from './search-changes.ts';

const batch = 500;
/** Longer than a batch may take: by then somebody else takes it. */
const claimSeconds = 60;
const taskMs = 30_000;

/** Meilisearch took a request, and then failed at what it was. */
class TaskFailed extends Error {
  override readonly name = 'TaskFailed';
}

/** Resolves when Meilisearch has done it; rejects when it could not. */
export const done = async (enqueued: EnqueuedTaskPromise): Promise<void> => {
  const { status, error, type } = await enqueued.waitTask({ timeout: taskMs, interval: 20 });
  if (status !== 'succeeded')
    throw new TaskFailed(`${type} ${status}: ${error?.message ?? 'no reason given'}`);
};

/**
 * Tells Meilisearch the next products that are noted, as they are now, and answers how many. Several may do so at once;
 * what cannot be told is due again. Nothing is forgotten before Meilisearch has said that it has it.
 */
export const tellMeilisearch =
  (prisma: PrismaClient, client: Meilisearch, changes: SearchChanges) => async (): Promise<number> => {
    const claimed = await changes.claim(batch, claimSeconds);
    if (claimed.length === 0) return 0;
    try {
      // Read after the claim: a rebuild that began before it hears of these, too, and one that began since notes them anew.
      const state = await changes.state();
      const documents = await readDocuments(
        prisma,
        claimed.map(({ productId }) => productId),
      );
      const both = state?.building ? [liveIndex, nextIndex] : [liveIndex];
      await Promise.all(both.map((uid) => add(client, uid, wantedIn(uid, documents, claimed))));
      await changes.settle(claimed);
    } catch (error) {
      await changes.release(claimed);
      throw error;
    }
    return claimed.length;
  };

/** What is only noted for a rebuild, the live index has. */
const wantedIn = (
  uid: string,
  documents: readonly ProductDocument[],
  claimed: readonly SearchChange[],
): readonly ProductDocument[] => {
  if (uid === nextIndex) return documents;
  const changed = new Set(claimed.filter((change) => change.changed).map(({ productId }) => productId));
  return documents.filter(({ id }) => changed.has(id));
};

const add = async (
  client: Meilisearch,
  uid: string,
  documents: readonly ProductDocument[],
): Promise<void> => {
  if (documents.length > 0)
    await done(client.index<ProductDocument>(uid).addDocuments([...documents], { primaryKey: 'id' }));
};
