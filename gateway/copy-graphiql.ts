/** Puts GraphiQL's files into `dist/`, so that production serves them without the packages that they come from. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { readGraphiqlAssets } from './src/http/pages/graphiql-assets.ts';

const folder = 'dist/graphiql';
const assets = readGraphiqlAssets(folder);
mkdirSync(folder, { recursive: true });
for (const [name, content] of assets) writeFileSync(`${folder}/${name}`, content);
