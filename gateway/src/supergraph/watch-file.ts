import { readFile, stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

type Options = {
  readonly path: string;
  /** What it held when it was read first. */
  readonly content: string;
  /** How often to look; 0 is never. */
  readonly everyMs: number;
  /** Told of each new content, one after the other. */
  readonly onContent: (content: string) => Promise<void>;
  /** Told once, when there is nothing to read any more. */
  readonly onUnreadable: (error: unknown) => void;
};

export type FileWatch = {
  /** Looks now. */
  look(): Promise<void>;
  stop(): void;
};

/**
 * Looks at a file again and again: what the system tells of changes misses files that are replaced by renaming, or by turning a
 * symbolic link, which is how deployments do it. A file that changed is read when it has been left alone for one look, since it may be half written.
 */
export const watchFile = (options: Options): FileWatch => {
  const { path, everyMs, onContent, onUnreadable } = options;
  const stopping = new AbortController();
  let content = options.content;
  let isReadable = true;
  let seen = '';
  let read = '';
  let looking = Promise.resolve();

  const readNow = async (state: string): Promise<void> => {
    const found = await readFile(path, 'utf8');
    read = state;
    if (found === content) return;
    content = found;
    await onContent(found);
  };

  const look = async (evenIfHalfWritten: boolean): Promise<void> => {
    try {
      const { mtimeMs, size, ino } = await stat(path);
      const state = `${mtimeMs} ${size} ${ino}`;
      const isLeftAlone = state === seen;
      seen = state;
      isReadable = true;
      if (state !== read && (isLeftAlone || evenIfHalfWritten)) await readNow(state);
    } catch (error) {
      if (isReadable) onUnreadable(error);
      isReadable = false;
    }
  };

  /** One look at a time. */
  const next = (evenIfHalfWritten: boolean): Promise<void> => {
    looking = looking.then(() => look(evenIfHalfWritten));
    return looking;
  };

  const goOn = async (): Promise<void> => {
    for (;;) {
      await pause(everyMs, undefined, { signal: stopping.signal, ref: false });
      await next(false);
    }
  };
  if (everyMs > 0) goOn().catch(() => {}); // ends by being stopped

  return { look: () => next(true), stop: () => stopping.abort() };
};
