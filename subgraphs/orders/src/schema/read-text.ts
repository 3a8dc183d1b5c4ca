import { badUserInput } from '@emporium/subgraph';

/** Line breaks, NUL and their like: no database and no label wants them. */
const unprintable = /\p{Cc}/u;

/** One line of text without the spaces around it, 1 to `longest` characters; BAD_USER_INPUT otherwise. */
export const readText = (value: string, longest: number, field: string): string => {
  const text = value.trim();
  if (text.length === 0 || text.length > longest) {
    throw badUserInput(`${nameOf(field)} must have 1 to ${longest} characters.`, field);
  }
  if (unprintable.test(text)) throw badUserInput(`${nameOf(field)} must be one line of plain text.`, field);
  return text;
};

/** The same; nothing and an empty text are null. */
export const readOptionalText = (
  value: string | null | undefined,
  longest: number,
  field: string,
): string | null => (value?.trim() ? readText(value, longest, field) : null);

const nameOf = (field: string): string => `\`${field.slice(field.lastIndexOf('.') + 1)}\``;
