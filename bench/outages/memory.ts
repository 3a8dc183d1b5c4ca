import { readFileSync } from 'node:fs';
import { type Graph, type GraphMember, graphMembers } from '@emporium/local-stack';
import { familyOf } from '../stage/family.ts';

export type Memory = ReadonlyMap<GraphMember, number>;

/** A share of what is shared, so that Postgres' processes do not count their common buffers each. */
const proportionalKiB = (pid: number): number => {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0; // it has ended meanwhile
  }
};

const familyKiB = (pid: number): number =>
  familyOf(pid).reduce((sum, member) => sum + proportionalKiB(member), 0);

/** What each part and the processes that it has started take, in MiB. */
export const readMemory = (graph: Graph): Memory =>
  new Map(graphMembers.map((part) => [part, familyKiB(graph.pid(part)) / 1024]));
