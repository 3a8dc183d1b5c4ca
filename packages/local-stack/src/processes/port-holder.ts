import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { commandLine } from './process-identity.ts';

/** The process that listens on a port, as far as this user may see. */
export type PortHolder = { pid: number; command: string };

const listening = '0A';

/** Kernel's table of sockets: the inode of the one that listens on the port. */
const socketInode = (port: number): string | undefined => {
  const hexPort = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => {
    try {
      return readFileSync(file, 'utf8').split('\n').slice(1);
    } catch {
      return [];
    }
  });
  const columns = rows.map((row) => row.trim().split(/\s+/));
  return columns.find((row) => row[1]?.endsWith(hexPort) && row[3] === listening)?.[9];
};

const holdsSocket = (pid: string, inode: string): boolean => {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${fd}`) === `socket:[${inode}]`;
      } catch {
        return false;
      }
    });
  } catch {
    return false; // somebody else's process
  }
};

const onLinux = (port: number): number | undefined => {
  const inode = socketInode(port);
  if (inode === undefined) return undefined;
  const pid = readdirSync('/proc').find((entry) => /^\d+$/.test(entry) && holdsSocket(entry, inode));
  return pid === undefined ? undefined : Number(pid);
};

const elsewhere = (port: number): number | undefined => {
  const { stdout } = spawnSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t'], {
    encoding: 'utf8',
  });
  return Number.parseInt(stdout ?? '', 10) || undefined;
};

/** Who listens on a loopback port; nothing, when that cannot be seen. */
export const portHolder = (port: number): PortHolder | undefined => {
  const pid = process.platform === 'linux' ? onLinux(port) : elsewhere(port);
  return pid === undefined ? undefined : { pid, command: commandLine(pid).slice(0, 100) };
};
