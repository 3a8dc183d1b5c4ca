/** A mail as it is delivered. */
export type Letter = { readonly subject: string; readonly text: string };
