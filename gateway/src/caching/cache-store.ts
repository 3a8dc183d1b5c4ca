/** Where answers and stamps are kept. Everything goes by itself after so many seconds, or earlier. Calls reject when it does not answer. */
export type CacheStore = {
  /** False while it does not answer; nobody waits for it then. */
  isReady(): boolean;
  read(keys: readonly string[]): Promise<readonly (string | null)[]>;
  write(entries: Readonly<Record<string, string>>, seconds: number): Promise<void>;
  /** Writes what is not there yet; false when any of it is there. */
  writeNew(entries: Readonly<Record<string, string>>, seconds: number): Promise<boolean>;
};
