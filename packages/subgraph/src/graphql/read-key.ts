import { badUserInput } from './errors.ts';

/**
 * What chooses something, such as an id, a token or a code, as it was sent. An empty one is BAD_USER_INPUT: whoever lost what they
 * meant to send would be answered as if they had meant everything, or nothing. `field` is the argument's path; its last name
 * is said.
 */
export const readKey = (value: string, field: string): string => {
  if (value.trim() === '')
    throw badUserInput(`\`${nameIn(field)}\` is empty: send the one that you have.`, field);
  return value;
};

/** The same where none may be sent; null then. */
export const readOptionalKey = (value: string | null | undefined, field: string): string | null => {
  if (value?.trim() !== '') return value ?? null;
  throw badUserInput(`\`${nameIn(field)}\` is empty: leave it out instead.`, field);
};

const nameIn = (field: string): string => field.slice(field.lastIndexOf('.') + 1);
