/** Lays a backup down for an empty stack: `npm run restore -- --from <folder>`, and then `npm start`. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ownDataFolder, restoreBackup, runningStack } from '@emporium/local-stack';
import { CommandError } from '../terminal/command-error.ts';
import { copying } from '../terminal/copying.ts';
import { runCommand } from '../terminal/run-command.ts';

runCommand(async () => {
  const { values } = parseArgs({ options: { from: { type: 'string' } } });
  if (!values.from) throw new CommandError('USAGE', 'npm run restore -- --from <folder of a backup>');
  if (runningStack())
    throw new CommandError('RUNNING', 'A stack of this clone runs. Stop it with Ctrl-C first.');
  if (process.env.DATABASE_URL)
    throw new CommandError(
      'GIVEN_DATABASE',
      'DATABASE_URL names a Postgres that is not of this clone: restore it there, or unset the variable.',
    );
  const progress = copying('restore');
  await restoreBackup(path.resolve(values.from), ownDataFolder(), progress);
  progress.end();
  process.stdout.write('`npm start` makes it whole, and fills the broker from the outboxes.\n');
});
