import { execFileSync } from 'node:child_process';

/** What a process opens beside the sockets of subscribers. */
const others = 200;

/** Throws when a process may not open as many sockets; node itself raises the soft limit to the hard one. */
export const requireFileDescriptors = (sockets: number): void => {
  const limit = execFileSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' }).trim();
  const needed = sockets + others;
  if (limit === 'unlimited' || Number(limit) >= needed) return;
  throw new Error(
    `${sockets} subscribers need ${needed} file descriptors in each process, and ${limit} are allowed here.\n` +
      `Raise the limit (ulimit -n ${needed}), or measure fewer: --sizes ${Number(limit) - others}`,
  );
};
