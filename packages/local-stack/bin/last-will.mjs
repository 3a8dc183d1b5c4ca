// Waits until whoever started it is gone, and ends what that one left running. Loads nothing before it must: there is one per stack.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const [, , pidFolder] = process.argv;

/** At once: by the time that all else is loaded, another stack may have begun in the same folder. */
const left = () =>
  readdirSync(pidFolder).flatMap((file) => {
    try {
      return [JSON.parse(readFileSync(path.join(pidFolder, file), 'utf8'))];
    } catch {
      return []; // written halfway, or gone meanwhile
    }
  });

let said = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (text) => {
  said += text;
});
process.stdin.once('end', async () => {
  if (said === 'revoked') return;
  const entries = left();
  const { register } = await import('tsx/esm/api');
  register();
  const { endNoted } = await import('../src/processes/orphans.ts');
  await endNoted(pidFolder, entries);
});
