import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);

const graphiqlManifest = () => require.resolve('graphiql/package.json');

/** The packages that GraphiQL takes from its host: npm installs the versions that fit it, and they are found from there. */
const hostManifest = (name: string) => createRequire(graphiqlManifest()).resolve(`${name}/package.json`);

const beside = (manifest: string, file: string): string => path.join(path.dirname(manifest), file);

/** A page's files: the name that each is served by, and where its package has it. All are made for browsers as they are. */
const pages = {
  graphiql: {
    'react.js': () => beside(hostManifest('react'), 'umd/react.production.min.js'),
    'react-dom.js': () => beside(hostManifest('react-dom'), 'umd/react-dom.production.min.js'),
    'graphiql.js': () => beside(graphiqlManifest(), 'graphiql.min.js'),
    'graphiql.css': () => beside(graphiqlManifest(), 'graphiql.min.css'),
  },
  swagger: {
    'swagger.js': () => require.resolve('swagger-ui-dist/swagger-ui-bundle.js'),
    'swagger.css': () => require.resolve('swagger-ui-dist/swagger-ui.css'),
  },
} as const;

export type AssetPage = keyof typeof pages;
export const assetPages = Object.keys(pages) as AssetPage[];

/**
 * Reads a page's files: from its folder in `built`, where a build puts them, because production does without the packages,
 * or else straight from these.
 */
export const readPageAssets = (page: AssetPage, built: string): ReadonlyMap<string, Buffer> =>
  new Map(
    Object.entries(pages[page]).map(([name, packaged]) => {
      const file = path.join(built, page, name);
      return [name, readFileSync(existsSync(file) ? file : packaged())];
    }),
  );
