/** Puts the pages' files into `dist/`, so that production serves them without the packages that they come from. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { assetPages, readPageAssets } from './src/http/pages/page-assets.ts';

const built = 'dist';
for (const page of assetPages) {
  mkdirSync(`${built}/${page}`, { recursive: true });
  for (const [name, content] of readPageAssets(page, built))
    writeFileSync(`${built}/${page}/${name}`, content);
}
