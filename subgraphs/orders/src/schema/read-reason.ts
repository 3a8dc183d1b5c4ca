import { isLonger, isPrintableText } from '@emporium/domain';
import { badUserInput } from '@emporium/subgraph';

const longestReason = 500;

/** What somebody says of what they do: free text, or null; BAD_USER_INPUT when it is too long. */
export const readReason = (said: string | null | undefined, field = 'reason'): string | null => {
  const text = said?.trim() ?? '';
  if (isLonger(text, longestReason) || !isPrintableText(text)) {
    const name = field.slice(field.lastIndexOf('.') + 1);
    throw badUserInput(`\`${name}\` must be plain text of at most ${longestReason} characters.`, field);
  }
  return text || null;
};
