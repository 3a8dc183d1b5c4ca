/** A process of a subgraph, from one start to its crash. What it waits for when it dies never comes. */
export type Process = {
  /** The subgraph's, which all its replicas share. */
  readonly name: string;
  readonly replica: number;
  readonly isAlive: () => boolean;
  /** Called once, when it dies; at once when it is dead. */
  readonly onDeath: (listener: () => void) => void;
  readonly kill: () => void;
};

export const createProcess = (name: string, replica: number): Process => {
  let alive = true;
  const listeners: (() => void)[] = [];
  return {
    name,
    replica,
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
