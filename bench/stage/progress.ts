const width = 30;

/** A bar on a terminal's last line; a line per step where there is no terminal. */
export const createProgress = (steps: number) => {
  let taken = 0;
  const { stderr } = process;
  const clear = '\r\x1b[K';
  return {
    step: (what: string): void => {
      const filled = Math.min(width, Math.round((taken / steps) * width));
      taken += 1;
      if (stderr.isTTY) stderr.write(`${clear}${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${what}`);
      else stderr.write(`${what}\n`);
    },
    done: (): void => {
      if (stderr.isTTY) stderr.write(clear);
    },
  };
};
