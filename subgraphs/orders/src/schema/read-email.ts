import { badUserInput } from '@emporium/subgraph';
import { z } from 'zod';
import { readText } from './read-text.ts';

const longest = 254;
const wellFormed = z.email();

/** As it was written, without the spaces around it; BAD_USER_INPUT for what is no address. */
export const readEmail = (value: string, field: string): string => {
  const email = readText(value, longest, field);
  if (!wellFormed.safeParse(email).success)
    throw badUserInput('That is not an e-mail address such as "ada@example.org".', field);
  return email;
};
