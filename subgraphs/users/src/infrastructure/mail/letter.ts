/** A mail as it is delivered. */
export type Letter = { readonly subject: string; readonly text: string };

/** How a letter begins; null where its reader's name is not known to be theirs. */
export const greet = (name: string | null): string => (name === null ? 'Hello' : `Hello ${name}`);
