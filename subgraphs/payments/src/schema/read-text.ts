import { badUserInput, refuseCardNumberAsKey } from '@emporium/subgraph';

/** Text of 1 to so many characters, as it was sent. */
export const readText = (text: string, field: string, longest: number): string => {
  if (text.trim() === '' || text.length > longest || text.includes('\0')) {
    throw badUserInput(`\`${field}\` must be 1 to ${longest} characters.`, `input.${field}`);
  }
  return text;
};

/** What a client chose so that nothing is done twice: 1 to 100 characters, as they were sent, and no card's number. */
export const readIdempotencyKey = (key: string): string => {
  refuseCardNumberAsKey(key, 'input.idempotencyKey');
  return readText(key, 'idempotencyKey', 100);
};
