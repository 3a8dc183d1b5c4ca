/** Writes who may see what, from the subgraphs' policies: `docs/authorization.md` for people, `schema/authorization.json` for the walk. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { matrixOfAll } from './authorization/matrix-of-all.ts';
import { matrixPage } from './authorization/matrix-page.ts';

const root = path.resolve(import.meta.dirname, '..');
const matrices = matrixOfAll();
writeFileSync(path.join(root, 'docs/authorization.md'), `${matrixPage(matrices).trim()}\n`);
writeFileSync(path.join(root, 'schema/authorization.json'), `${JSON.stringify(matrices, null, 2)}\n`);
