import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);

const graphiqlManifest = () => require.resolve('graphiql/package.json');

/** The packages that GraphiQL takes from its host: npm installs the versions that fit it, and they are found from there. */
const hostManifest = (name: string) => createRequire(graphiqlManifest()).resolve(`${name}/package.json`);

const beside = (manifest: string, file: string): string => path.join(path.dirname(manifest), file);

/** GraphiQL's files: the name that each is served by, and where its package has it. All are made for browsers as they are. */
const graphiqlFiles = {
  'react.js': () => beside(hostManifest('react'), 'umd/react.production.min.js'),
  'react-dom.js': () => beside(hostManifest('react-dom'), 'umd/react-dom.production.min.js'),
  'graphiql.js': () => beside(graphiqlManifest(), 'graphiql.min.js'),
  'graphiql.css': () => beside(graphiqlManifest(), 'graphiql.min.css'),
};

/**
 * Reads the files: from `folder`, where a build puts them, because production does without the packages, or else straight
 * from these.
 */
export const readGraphiqlAssets = (folder: string): ReadonlyMap<string, Buffer> =>
  new Map(
    Object.entries(graphiqlFiles).map(([name, packaged]) => {
      const built = path.join(folder, name);
      return [name, readFileSync(existsSync(built) ? built : packaged())];
    }),
  );
