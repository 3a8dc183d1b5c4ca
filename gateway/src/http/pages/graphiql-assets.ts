import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** GraphiQL's files: the name that they are served by, the npm package, and the path within. All are built for browsers as they are. */
export const graphiqlFiles = [
  { name: 'react.js', from: 'react', file: 'umd/react.production.min.js' },
  { name: 'react-dom.js', from: 'react-dom', file: 'umd/react-dom.production.min.js' },
  { name: 'graphiql.js', from: 'graphiql', file: 'graphiql.min.js' },
  { name: 'graphiql.css', from: 'graphiql', file: 'graphiql.min.css' },
] as const;

/** Where a file is in `node_modules`. */
export const packagedFile = ({ from, file }: (typeof graphiqlFiles)[number]): string =>
  path.join(path.dirname(createRequire(import.meta.url).resolve(`${from}/package.json`)), file);

/** Reads the files: from `folder`, where a build has put them, or straight from the packages. */
export const readGraphiqlAssets = (folder: string): ReadonlyMap<string, Buffer> =>
  new Map(
    graphiqlFiles.map((file) => {
      const built = path.join(folder, file.name);
      return [file.name, readFileSync(existsSync(built) ? built : packagedFile(file))];
    }),
  );
