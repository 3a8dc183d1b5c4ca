/** Lets one loop sleep until somebody rings or time is up; rings while it is awake are kept, as one. */
export type Alarm = {
  ring(): void;
  /** Resolves with true when rung. */
  wait(milliseconds: number): Promise<boolean>;
};

export const createAlarm = (): Alarm => {
  let rung = false;
  let wakeUp: (() => void) | undefined;
  return {
    ring: () => {
      rung = true;
      wakeUp?.();
    },
    wait: async (milliseconds) => {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds);
          wakeUp = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        wakeUp = undefined;
      }
      const answer = rung;
      rung = false;
      return answer;
    },
  };
};
