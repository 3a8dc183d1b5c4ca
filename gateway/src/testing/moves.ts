import { EventEmitter, on } from 'node:events';

export type Move = { readonly sequence: number; readonly status: string };

/** What a subgraph's database would hold: an ordered log that outlives its process, and readers of it. */
export class Moves {
  readonly #log: Move[] = [];
  readonly #changed = new EventEmitter().setMaxListeners(0);
  readers = 0;

  get latest(): Move | undefined {
    return this.#log.at(-1);
  }

  add(...statuses: string[]): void {
    for (const status of statuses) this.#log.push({ sequence: (this.latest?.sequence ?? 0) + 1, status });
    this.#changed.emit('changed');
  }

  /** The present state and then each move; or, after a sequence, only what came after. Ends after DELIVERED. */
  read(after: number | null | undefined): AsyncIterableIterator<Move> {
    const stopped = new AbortController();
    const changes = on(this.#changed, 'changed', { signal: stopped.signal });
    let position = after ?? (this.latest?.sequence ?? 1) - 1;
    let last: Move | undefined;
    let open = true;
    this.readers += 1;
    const close = async () => {
      if (open) this.readers -= 1;
      open = false;
      stopped.abort();
      return { done: true as const, value: undefined };
    };
    const reader: AsyncIterableIterator<Move> = {
      [Symbol.asyncIterator]: () => reader,
      next: async () => {
        while (open) {
          if (last?.status === 'DELIVERED') return close();
          const move = this.#log.find(({ sequence }) => sequence > position);
          if (move) {
            position = move.sequence;
            last = move;
            return { done: false, value: move };
          }
          await changes.next().catch(() => {});
        }
        return { done: true, value: undefined };
      },
      return: close,
    };
    return reader;
  }
}
