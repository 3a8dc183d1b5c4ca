declare const email: unique symbol;

/** An e-mail address as it is compared and stored: two spellings of one address are equal. */
export type Email = string & { readonly [email]: true };

/** Trimmed, NFKC, lower case. Says nothing about whether it is an address at all. */
export const normaliseEmail = (text: string): Email => text.normalize('NFKC').trim().toLowerCase() as Email;
