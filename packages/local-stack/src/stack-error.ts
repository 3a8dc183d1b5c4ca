/** Something that the person at the keyboard can mend: printed as its message alone, without a stack. */
export class StackError extends Error {
  override readonly name = 'StackError';
}
