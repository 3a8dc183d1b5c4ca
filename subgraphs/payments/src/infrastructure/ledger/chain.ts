import { createHash } from 'node:crypto';

/** What the first seal follows. */
export const genesis = '0'.repeat(64);

/** SHA-256 of a journal's canonical text: 32 bytes. */
export const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

const pieceLength = 32_768;

/** One seal in the making: SHA-256 of the hash before it and each journal's canonical text, each on a line of its own. */
export const startSeal = (previousHash: string) => {
  const hash = createHash('sha256');
  // A hash takes a few long texts sooner than many short ones.
  let waiting = `${previousHash}\n`;
  return {
    add: (text: string): void => {
      waiting += `${text}\n`;
      if (waiting.length < pieceLength) return;
      hash.update(waiting);
      waiting = '';
    },
    /** In hexadecimal. */
    end: (): string => hash.update(waiting).digest('hex'),
  };
};
