/** Postgres refuses to run as root. So, as root, it runs as nobody: in a user namespace, else as a system user. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync } from 'node:fs';
import { findProgram } from '../processes/find-program.ts';
import { StackError } from '../stack-error.ts';

/** How to start a Postgres program: what to put before it, or as whom. */
export type Launch = {
  wrap(
    command: string,
    args: readonly string[],
  ): { command: string; args: string[]; uid?: number; gid?: number };
};

const asIs: Launch = { wrap: (command, args) => ({ command, args: [...args] }) };

/** Works even below a folder that only root may enter, and creates no user: inside, root's files are nobody's. */
const inUserNamespace = (): Launch | undefined => {
  const unshare = findProgram('unshare');
  if (unshare === undefined) return undefined;
  const flags = ['--user', '--map-user=65534', '--map-group=65534'];
  if (spawnSync(unshare, [...flags, 'true'], { stdio: 'ignore' }).status !== 0) return undefined;
  return { wrap: (command, args) => ({ command: unshare, args: [...flags, command, ...args] }) };
};

const numberOf = (flag: '-u' | '-g', user: string): number | undefined => {
  try {
    return Number(
      execFileSync('id', [flag, user], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    );
  } catch {
    return undefined;
  }
};

const asSystemUser = (dataFolder: string, postgres: string): Launch | undefined => {
  const user = ['postgres', 'nobody'].find((name) => numberOf('-u', name) !== undefined);
  const uid = user === undefined ? undefined : numberOf('-u', user);
  const gid = user === undefined ? undefined : numberOf('-g', user);
  if (uid === undefined || gid === undefined) return undefined;
  chownSync(dataFolder, uid, gid);
  const reaches = (args: string[]) => spawnSync(args[0] ?? '', args.slice(1), { uid, gid }).status === 0;
  if (!reaches(['ls', dataFolder]) || !reaches([postgres, '--version'])) return undefined;
  return { wrap: (command, args) => ({ command, args: [...args], uid, gid }) };
};

/** The way that works here. @throws StackError with what to do, where none does. */
export const unprivilegedLaunch = (dataFolder: string, postgres: string): Launch => {
  if (process.getuid?.() !== 0) return asIs;
  const launch = inUserNamespace() ?? asSystemUser(dataFolder, postgres);
  if (launch) return launch;
  throw new StackError(
    [
      'Postgres refuses to run as root, and no other user can reach this folder. One of these helps:',
      '  run npm start as an ordinary user',
      '  move the clone to a folder that everybody may enter, such as /srv',
      '  start a Postgres elsewhere and say DATABASE_URL=postgresql://user:password@host:5432/emporium npm start',
    ].join('\n'),
  );
};
