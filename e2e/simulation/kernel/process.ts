/** A process of a subgraph, from one start to its crash. What it waits for when it dies never comes. */
export type Process = {
  readonly name: string;
  readonly isAlive: () => boolean;
  /** Called once, when it dies; at once when it is dead. */
  readonly onDeath: (listener: () => void) => void;
  readonly kill: () => void;
};

export const createProcess = (name: string): Process => {
  let alive = true;
  const listeners: (() => void)[] = [];
  return {
    name,
    isAlive: () => alive,
    onDeath: (listener) => {
      if (alive) listeners.push(listener);
      else listener();
    },
    kill: () => {
      if (!alive) return;
      alive = false;
      for (const listener of listeners) listener();
    },
  };
};

/** What nothing will ever end. */
export const never = <T>(): Promise<T> => new Promise(() => undefined);
