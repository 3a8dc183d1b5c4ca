/** Fails when `schema/` or the matrix of who may see what is not what the code generates. Run after `npm run generate`. */
import { execFileSync } from 'node:child_process';

const changed = execFileSync('git', ['status', '--porcelain', '--', 'schema', 'docs/authorization.md'], {
  encoding: 'utf8',
}).trim();
if (changed) {
  console.error(
    `What is generated is not what the code generates. Commit what \`npm run generate\` wrote:\n${changed}`,
  );
  process.exit(1);
}
