import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const root = path.resolve(import.meta.dirname, '../..');

/** The package.json files that the Dockerfile copies, so that the test cannot drift from the image. */
const copiedManifests = (): string[] => {
  const dockerfile = readFileSync(path.join(root, 'Dockerfile'), 'utf8').replaceAll('\\\n', ' ');
  const patterns = /COPY --parents (.*package\.json) \.\//.exec(dockerfile)?.[1]?.trim().split(/\s+/) ?? [];
  return patterns.flatMap((pattern) => {
    const [folder = '', rest] = pattern.split('/*/');
    if (rest === undefined) return [pattern];
    return readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}/${rest}`);
  });
};

/** Lays out a folder as the image has it: production dependencies, built services, migrations, the supergraph. */
export const layOutProduction = async (folder: string): Promise<void> => {
  const copy = (name: string) => {
    if (!existsSync(path.join(root, name))) return;
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  };
  const manifests = copiedManifests();
  for (const name of ['package.json', 'package-lock.json', ...manifests]) copy(name);
  await promisify(execFile)(path.join(root, 'deploy/install-production.sh'), { cwd: folder });
  for (const manifest of manifests) copy(path.join(path.dirname(manifest), 'dist'));
  for (const name of ['schema/supergraph.graphql', 'prisma']) copy(name);
};
