/** Lets identical work that is asked for while it runs be done once. Nothing is remembered after it is done. */
export const createInFlight = <Result>() => {
  const running = new Map<string, Promise<Result>>();
  return {
    share: (key: string, work: () => Promise<Result>): { result: Promise<Result>; shared: boolean } => {
      const hit = running.get(key);
      if (hit) return { result: hit, shared: true };
      const result = work().finally(() => running.delete(key));
      running.set(key, result);
      return { result, shared: false };
    },
  };
};
