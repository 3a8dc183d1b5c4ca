import type { FileProblem } from '../../application/imports/import-ports.ts';

/** The file can be read no further; what came before counts. */
export class FileError extends Error {
  override readonly name = 'FileError';

  constructor(readonly problem: FileProblem) {
    super(problem.message);
  }
}

/** The file does not begin as the one did that was sent before. */
export const differentFile = (row: number): FileError =>
  new FileError({
    code: 'DIFFERENT_FILE',
    row,
    field: null,
    message: `Up to row ${row} the file is not the one that was sent before. Send that one, or call \`startProductImport\` again.`,
  });
