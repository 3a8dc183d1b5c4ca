import type { App } from '../../application/app.ts';
import type { Claim, Entry, Finished } from '../../application/imports/import-ports.ts';
import { differentFile, FileError } from './file-error.ts';
import type { Group } from './group-rows.ts';
import { readEntries } from './read-entries.ts';
import { readRecords } from './read-records.ts';

/** Somebody else goes on with the import. */
export class TakenOverError extends Error {
  override readonly name = 'TakenOverError';
}

/** What is offered in one transaction: so many rows, or so many bytes of the file. */
const batchRows = 250;
const batchBytes = 1024 * 1024;

/**
 * Offers what a file says, batch by batch, and reads on only when a batch is done. What comes before a mistake in the file is
 * offered before the mistake is thrown.
 */
export const importFile = async (
  app: Pick<App, 'importBatch'>,
  claim: Claim,
  file: AsyncIterable<Uint8Array>,
): Promise<void> => {
  let batch: Group[] = [];
  let [rows, begin] = [0, 0];
  const flush = async () => {
    const last = batch.at(-1);
    if (!last) return;
    const entries: Entry[] = batch.flatMap((group) => group.entries);
    batch = [];
    [rows, begin] = [0, last.position.bytes];
    const outcome = await app.importBatch(claim, entries, last.position);
    if (outcome === 'TAKEN_OVER') throw new TakenOverError();
    if (outcome === 'SELLER_SUSPENDED') throw suspended(entries);
  };
  try {
    for await (const group of readEntries(readRecords(file), claim)) {
      batch.push(group);
      rows += group.entries.reduce((sum, entry) => sum + entry.rows.length, 0);
      if (rows >= batchRows || group.position.bytes - begin >= batchBytes) await flush();
    }
  } catch (error) {
    if (error instanceof FileError && error.problem.code !== 'SELLER_SUSPENDED') await flush();
    throw error;
  }
  await flush();
};

/** A FileError unless the file is the one that was imported to its end. */
export const expectSameFile = async (
  finished: Finished,
  file: AsyncIterable<Uint8Array>,
): Promise<void> => {
  for await (const { entries } of readEntries(readRecords(file), finished))
    throw differentFile(entries[0]?.rows[0]?.row ?? finished.lastRow);
};

const suspended = (entries: readonly Entry[]) =>
  new FileError({
    code: 'SELLER_SUSPENDED',
    row: entries[0]?.rows[0]?.row ?? null,
    field: null,
    message: 'Your shop is suspended, or not yet open: `me { seller { status reason } }` says why.',
  });
