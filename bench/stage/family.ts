import { readdirSync, readFileSync } from 'node:fs';

/** What `/proc/<pid>/stat` says behind the command's name, which may have spaces; empty when the process has ended. */
const statOf = (pid: number): readonly string[] => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
};

const parentField = 1;
const timeFields = [11, 12, 13, 14]; // of itself in user and in system mode, and of its children that have ended
const msPerTick = 10;

/** A process and all that have come from it and are running. */
export const familyOf = (pid: number): readonly number[] => {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const parent = Number(statOf(Number(entry))[parentField]);
    children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const withChildren = (one: number): readonly number[] => [
    one,
    ...(children.get(one) ?? []).flatMap(withChildren),
  ];
  return withChildren(pid);
};

/** Milliseconds that processors have spent on a process and all that came from it. */
export const processorMsOf = (pid: number): number =>
  familyOf(pid).reduce((sum, member) => {
    const stat = statOf(member);
    return sum + msPerTick * timeFields.reduce((ticks, field) => ticks + Number(stat[field] ?? 0), 0);
  }, 0);
