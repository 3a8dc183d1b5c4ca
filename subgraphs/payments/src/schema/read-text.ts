import { badUserInput } from '@emporium/subgraph';

/** Text of 1 to so many characters, as it was sent. */
export const readText = (text: string, field: string, longest: number): string => {
  if (text.trim() === '' || text.length > longest || text.includes('\0')) {
    throw badUserInput(`\`${field}\` must be 1 to ${longest} characters.`, `input.${field}`);
  }
  return text;
};
