import { CommandError } from './command-error.ts';

/** Runs a command's main; what goes wrong ends as one line on standard error and exit code 1. */
export const runCommand = (main: () => Promise<void>): void => {
  main().then(
    () => process.exit(process.exitCode ?? 0),
    (error: unknown) => {
      process.stderr.write(`\n${describe(error)}\n`);
      process.exit(1);
    },
  );
};

const describe = (error: unknown): string => {
  if (error instanceof CommandError) return `${error.code}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
};
