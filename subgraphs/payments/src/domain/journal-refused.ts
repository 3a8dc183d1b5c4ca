import type { JournalFault } from './check-journal.ts';

/** The books do not take a journal: a bug of whoever wrote it. Whatever its transaction did is undone. */
export class JournalRefused extends Error {
  override readonly name = 'JournalRefused';
  readonly code: JournalFault;

  constructor(code: JournalFault, key: string) {
    super(`the books refuse the journal ${key}: ${code}`);
    this.code = code;
  }
}
