import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { placesIn } from '../repository.ts';
import { StackError } from '../stack-error.ts';
import { copyFiles, listFiles } from './copy-files.ts';
import type { BackupProgress } from './take-backup.ts';

/**
 * Lays a backup's files down for a stack that has nothing yet; `npm start` does the rest: Postgres makes them whole, and the
 * relays fill a broker that is empty.
 * @throws StackError with what to do when it cannot be done.
 */
export const restoreBackup = async (
  from: string,
  dataFolder: string,
  progress: BackupProgress,
): Promise<void> => {
  const { postgres, nats, secrets } = placesIn(dataFolder);
  if (!existsSync(path.join(from, 'backup_label'))) throw new StackError(`${from} is no backup of ours.`);
  for (const place of [postgres, nats])
    if (existsSync(place))
      throw new StackError(
        `${place} is there already: a backup goes into an empty stack. Move ${dataFolder} away.`,
      );
  if (!existsSync(secrets))
    throw new StackError(
      `${secrets} is missing. A backup is the database alone: put the file of the stack that was backed up there.`,
    );
  // Under another name until it is whole: what was cut short is never started.
  const unfinished = `${postgres}.restoring`;
  await rm(unfinished, { recursive: true, force: true });
  const files = await listFiles(from, unfinished);
  progress.begin(files.reduce((sum, { bytes }) => sum + bytes, 0));
  await copyFiles(files, progress.copied);
  await rename(unfinished, postgres);
};
