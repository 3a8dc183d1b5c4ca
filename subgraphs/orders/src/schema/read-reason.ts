import { badUserInput } from '@emporium/subgraph';

const longestReason = 500;

/** Why something is called off: free text, or null; BAD_USER_INPUT when it is too long. */
export const readReason = (reason: string | null | undefined): string | null => {
  const text = reason?.trim() ?? '';
  if (text.length > longestReason || text.includes('\0')) {
    throw badUserInput(`\`reason\` must be text of at most ${longestReason} characters.`, 'reason');
  }
  return text || null;
};
