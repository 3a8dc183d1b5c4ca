import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { endChildren } from './child.ts';

type Clean = () => Promise<void>;

type Bench = {
  readonly name: string;
  readonly usage: string;
  /** `folder` is there as long as it runs; what is given to `atEnd` runs before it goes, however it ends. */
  readonly measure: (args: string[], folder: string, atEnd: (clean: Clean) => void) => Promise<void>;
};

/** Measures, or says how to; ends the processes that were started and removes what was written, however it ends. */
export const runBench = ({ name, usage, measure }: Bench): void => {
  const folder = mkdtempSync(path.join(tmpdir(), `emporium-bench-${name}-`));
  const cleaning: Clean[] = [];
  let ending = false;
  const end = async (code: number): Promise<void> => {
    if (ending) return;
    ending = true;
    await endChildren();
    for (const clean of cleaning) await clean();
    rmSync(folder, { recursive: true, force: true });
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(1));
  const args = process.argv.slice(2);
  const run = args.includes('--help') ? async () => console.log(usage) : measure;
  run(args, folder, (clean) => cleaning.push(clean)).then(
    () => end(0),
    (error: unknown) => {
      if (!ending) console.error(error instanceof Error && error.message ? error.message : error);
      end(1);
    },
  );
};

/** What numbers of two machines must not be compared without. */
export const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}`;
