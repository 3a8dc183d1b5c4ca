import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import type { Entry } from './ledger.ts';

/** Entries kept in a file of JSON lines, which is only ever appended to. */
export type LedgerFile = {
  readonly known: readonly Entry[];
  append(entry: Entry): void;
};

/** Reads what the file holds. A last line that a crash cut short never counted, and is removed. */
export const openLedgerFile = (path: string): LedgerFile => {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) truncateSync(path, Buffer.byteLength(whole));
  return {
    known: whole
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Entry),
    append: (entry) => appendFileSync(path, `${JSON.stringify(entry)}\n`, { mode: 0o600 }),
  };
};
