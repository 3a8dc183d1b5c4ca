/** A mail as it is delivered. */
export type Letter = { readonly subject: string; readonly text: string };

/** How a letter begins; null where its reader's name is not known to be theirs. */
export const greet = (name: string | null): string => (name === null ? 'Hello' : `Hello ${name}`);

/** How a letter tells where to turn to; null where no address for it is configured. */
export const contactAt = (support: string | null): string =>
  support === null ? 'write to us' : `write to ${support}`;
