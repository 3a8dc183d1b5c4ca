/** How often each message failed here. Ours, not the broker's: a redelivery after a crash is no attempt. */
export type Attempts = {
  /** Counts one more; answers how many there were. */
  add(eventId: string): number;
  of(eventId: string): number;
  forget(eventId: string): void;
};

/** Another replica may finish what failed here, so the oldest counts are dropped beyond `most`. */
export const createAttempts = (most = 10_000): Attempts => {
  const counts = new Map<string, number>();
  return {
    add: (eventId) => {
      const count = (counts.get(eventId) ?? 0) + 1;
      counts.set(eventId, count);
      const [oldest] = counts.keys();
      if (counts.size > most && oldest !== undefined) counts.delete(oldest);
      return count;
    },
    of: (eventId) => counts.get(eventId) ?? 0,
    forget: (eventId) => {
      counts.delete(eventId);
    },
  };
};
