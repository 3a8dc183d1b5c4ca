import type { BackupProgress } from '@emporium/local-stack';
import { type Progress, startProgress } from '@emporium/subgraph/progress';

const mebibyte = 1024 * 1024;

/** A bar of mebibytes; `end` closes it. */
export const copying = (label: string): BackupProgress & { end(): void } => {
  let bar: Progress | undefined;
  return {
    begin: (bytes) => {
      bar = startProgress(label, Math.ceil(bytes / mebibyte), 'MiB');
    },
    copied: (bytes) => bar?.advance(bytes / mebibyte),
    end: () => bar?.done(),
  };
};
