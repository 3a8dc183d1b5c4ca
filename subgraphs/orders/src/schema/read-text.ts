import { isLonger, isPrintableLine } from '@emporium/domain';
import { badUserInput, refuseCardNumberAsKey } from '@emporium/subgraph';

/** One line of text without the spaces around it, 1 to `longest` characters; BAD_USER_INPUT otherwise. */
export const readText = (value: string, longest: number, field: string): string => {
  const text = value.trim();
  if (text.length === 0 || isLonger(text, longest)) {
    throw badUserInput(`${nameOf(field)} must have 1 to ${longest} characters.`, field);
  }
  if (!isPrintableLine(text)) throw badUserInput(`${nameOf(field)} must be one line of plain text.`, field);
  return text;
};

/** The same; nothing and an empty text are null: a part of a form that was left empty says nothing. */
export const readOptionalText = (
  value: string | null | undefined,
  longest: number,
  field: string,
): string | null => (value?.trim() ? readText(value, longest, field) : null);

/** What a client chose so that nothing is done twice: 1 to 128 characters, and no card's number. */
export const readIdempotencyKey = (value: string): string => {
  const field = 'input.idempotencyKey';
  refuseCardNumberAsKey(value, field);
  return readText(value, 128, field);
};

const nameOf = (field: string): string => `\`${field.slice(field.lastIndexOf('.') + 1)}\``;
