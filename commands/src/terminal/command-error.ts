/** What stops a command: a code, and a sentence that says what to do. Shown as one line, without a stack. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
