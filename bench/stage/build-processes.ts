import path from 'node:path';
import { build } from 'esbuild';

const dist = path.resolve(import.meta.dirname, '../dist');

/**
 * Builds the programs in a bench's folder `processes`, and returns where each is. They are compiled, because a loader of
 * TypeScript would cost them something at every function they make.
 */
export const buildProcesses = async <Name extends string>(
  benchFolder: string,
  names: readonly Name[],
): Promise<Readonly<Record<Name, string>>> => {
  const outdir = path.join(dist, path.basename(benchFolder));
  await build({
    entryPoints: names.map((name) => path.join(benchFolder, 'processes', `${name}.ts`)),
    outdir,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
  });
  return Object.fromEntries(names.map((name) => [name, path.join(outdir, `${name}.js`)])) as Record<
    Name,
    string
  >;
};
