import { badUserInput } from './errors.ts';

/**
 * What chooses something, such as an id, a token or a code, as it was sent; null when none is. An empty one is BAD_USER_INPUT:
 * whoever lost what they meant to send would be answered as if they had meant everything, or nothing. `field` is the argument's
 * path; its last name is said.
 */
export const readOptionalKey = (value: string | null | undefined, field: string): string | null => {
  if (value?.trim() !== '') return value ?? null;
  const name = field.slice(field.lastIndexOf('.') + 1);
  throw badUserInput(`\`${name}\` is empty: leave it out instead.`, field);
};
