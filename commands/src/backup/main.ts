/** Copies the database of the running stack while it goes on: `npm run backup -- --to <folder>`. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ownDataFolder, runningStack, takeBackup } from '@emporium/local-stack';
import { CommandError } from '../terminal/command-error.ts';
import { copying } from '../terminal/copying.ts';
import { runCommand } from '../terminal/run-command.ts';

runCommand(async () => {
  const { values } = parseArgs({ options: { to: { type: 'string' } } });
  if (!values.to) throw new CommandError('USAGE', 'npm run backup -- --to <new folder>');
  const stack = runningStack();
  if (!stack)
    throw new CommandError('NOT_RUNNING', 'No stack of this clone runs. Start it with `npm start`.');
  const to = path.resolve(values.to);
  const progress = copying('backup');
  await takeBackup(stack.database.admin, to, progress);
  progress.end();
  process.stdout.write(
    `${to} is the database alone. Keep ${path.join(ownDataFolder(), 'secrets.json')} apart from it, and as safe: without it nobody can read what is sealed.\n`,
  );
});
