/** Prisma's code for whatever goes wrong with a transaction as such, and what it says when there was no turn or no time for it. */
const code = 'P2028';
const messages = /unable to start a transaction|expired transaction/i;

/**
 * A transaction that did not begin, or was undone, because too many wait for the same rows or connections: nothing of it
 * is done, and the same again may do. It is not tried again here: that would be one more that waits.
 */
export const isOverload = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && error.code === code && messages.test(error.message);
