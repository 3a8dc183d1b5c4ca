/** Fails when `schema/` is not what the code generates. Run after `npm run generate`. */
import { execFileSync } from 'node:child_process';

const changed = execFileSync('git', ['status', '--porcelain', '--', 'schema'], { encoding: 'utf8' }).trim();
if (changed) {
  console.error(
    `schema/ is not what the code generates. Commit what \`npm run generate\` wrote:\n${changed}`,
  );
  process.exit(1);
}
