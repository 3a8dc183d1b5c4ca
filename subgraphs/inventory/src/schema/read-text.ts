import { badUserInput } from '@emporium/subgraph';

/** Trimmed, and checked; BAD_USER_INPUT otherwise. `path` is where the input stands. */
export const readText = (text: string, field: string, path: string, longest: number): string => {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > longest || /\p{Cc}/u.test(trimmed)) {
    throw badUserInput(
      `\`${field}\` must have 1 to ${longest} characters, none of them a control character.`,
      `${path}.${field}`,
    );
  }
  return trimmed;
};
