/** How many of something each holder may have at once. */
export type Quota = {
  readonly limit: number;
  /** Takes one, and returns what gives it back; null when the holder has as many as it may. */
  take(holder: string): (() => void) | null;
};

export const createQuota = (limit: number): Quota => {
  const taken = new Map<string, number>();
  return {
    limit,
    take: (holder) => {
      const count = taken.get(holder) ?? 0;
      if (count >= limit) return null;
      taken.set(holder, count + 1);
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        const left = (taken.get(holder) ?? 1) - 1;
        if (left > 0) taken.set(holder, left);
        else taken.delete(holder);
      };
    },
  };
};
