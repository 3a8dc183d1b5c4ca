import type { Process } from './process.ts';

/** Something that is due. */
export type Due = {
  readonly at: number;
  /** Who comes first of those that are due at the same moment. */
  readonly tie: number;
  readonly whose: Process | null;
  readonly why: string;
  readonly action: () => void;
};

/** What is due, the earliest first: a binary heap. */
export type EventQueue = { add(due: Due): void; take(): Due | undefined };

const isBefore = (a: Due, b: Due): boolean => a.at < b.at || (a.at === b.at && a.tie < b.tie);

export const createEventQueue = (): EventQueue => {
  const heap: Due[] = [];
  const at = (index: number): Due => heap[index] as Due;
  const swap = (a: number, b: number): void => {
    const kept = at(a);
    heap[a] = at(b);
    heap[b] = kept;
  };
  const sink = (from: number): void => {
    for (let index = from; ; ) {
      const left = 2 * index + 1;
      const right = left + 1;
      let first = index;
      if (left < heap.length && isBefore(at(left), at(first))) first = left;
      if (right < heap.length && isBefore(at(right), at(first))) first = right;
      if (first === index) return;
      swap(index, first);
      index = first;
    }
  };
  return {
    add: (due) => {
      heap.push(due);
      for (let index = heap.length - 1; index > 0; ) {
        const parent = (index - 1) >> 1;
        if (!isBefore(at(index), at(parent))) return;
        swap(index, parent);
        index = parent;
      }
    },
    take: () => {
      const first = heap[0];
      const last = heap.pop();
      if (last && heap.length > 0) {
        heap[0] = last;
        sink(0);
      }
      return first;
    },
  };
};
