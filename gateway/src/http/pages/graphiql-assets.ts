import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);

/** GraphiQL's files: the name that each is served by, and where it is in its package. All are made for browsers as they are. */
const graphiqlFiles = {
  'react.js': () => besideManifest(require.resolve('react/package.json'), 'umd/react.production.min.js'),
  'react-dom.js': () =>
    besideManifest(require.resolve('react-dom/package.json'), 'umd/react-dom.production.min.js'),
  'graphiql.js': () => besideManifest(require.resolve('graphiql/package.json'), 'graphiql.min.js'),
  'graphiql.css': () => besideManifest(require.resolve('graphiql/package.json'), 'graphiql.min.css'),
};

const besideManifest = (manifest: string, file: string): string => path.join(path.dirname(manifest), file);

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
