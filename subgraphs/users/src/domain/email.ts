declare const email: unique symbol;

/** An e-mail address as it is compared and stored: two spellings of one address are equal. */
export type Email = string & { readonly [email]: true };

/** Trimmed, NFKC, lower case. Says nothing about whether it is an address at all. */
export const normaliseEmail = (text: string): Email => text.normalize('NFKC').trim().toLowerCase() as Email;

const longestLocalBytes = 64;

/** What is written so stands for other letters than it shows, which may look like those of another domain. */
const hidesLetters = /(^|\.)xn--/;

/** Whether an account may have this address from now on: mail reaches it (RFC 5321), and it is written in one way alone. */
export const isRegistrable = (email: Email): boolean => {
  const at = email.lastIndexOf('@');
  const local = new TextEncoder().encode(email.slice(0, at));
  return local.length <= longestLocalBytes && !hidesLetters.test(email.slice(at + 1));
};
