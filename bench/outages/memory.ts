import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Graph, GraphMember } from '@emporium/local-stack';
import { parts } from './outages.ts';

export type Memory = ReadonlyMap<GraphMember, number>;

const childrenOf = (pid: number): readonly number[] => {
  try {
    const text = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
    return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [Number(line)]));
  } catch {
    return []; // ps ends with 1 when there are none
  }
};

/** A share of what is shared, so that Postgres' processes do not count their common buffers each. */
const proportionalKiB = (pid: number): number => {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0; // it has ended meanwhile
  }
};

const familyKiB = (pid: number): number =>
  proportionalKiB(pid) + childrenOf(pid).reduce((sum, child) => sum + familyKiB(child), 0);

/** What each part and the processes that it has started take, in MiB. */
export const readMemory = (graph: Graph): Memory =>
  new Map(parts.map((part) => [part, familyKiB(graph.pid(part)) / 1024]));
