/** Tells a person what goes on: a line per finished step, and on a terminal a live line for those that still run. */

/** What a finished step shows beside its name: what it used, and where that is. */
export type StepNote = readonly [what: string, where?: string];

/** Where steps are told. */
export type Reporter = {
  /** Runs a step; `say` tells how far it is. A step that fails is not told: whoever catches tells why. */
  step<T>(
    name: string,
    work: (say: (progress: string) => void) => Promise<T>,
    note: (result: T) => StepNote,
  ): Promise<T>;
  /** One line, at once. */
  line(text: string): void;
  /** Takes the live line away. */
  close(): void;
};

/** For tests: nobody watches. */
export const silentReporter: Reporter = {
  step: (_name, work) => work(() => undefined),
  line: () => undefined,
  close: () => undefined,
};

/** `640 ms`, `12.3 s`. */
export const duration = (ms: number): string =>
  ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;

/** A step's final line, in columns. */
export const stepLine = (name: string, [what, where = '']: StepNote, ms: number): string =>
  `  ${name.padEnd(12)} ${what.padEnd(42)} ${where.padEnd(24)} ${duration(ms).padStart(8)}`;
