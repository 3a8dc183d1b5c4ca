import { createHash } from 'node:crypto';

/** What the first seal follows. */
export const genesis = '0'.repeat(64);

/** SHA-256 of a journal's canonical text: 32 bytes. */
export const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** One seal in the making: SHA-256 of the hash before it and each journal's canonical text, each on a line of its own. */
export const startSeal = (previousHash: string) => {
  const hash = createHash('sha256').update(`${previousHash}\n`);
  return {
    add: (text: string): void => {
      hash.update(`${text}\n`);
    },
    /** In hexadecimal. */
    end: (): string => hash.digest('hex'),
  };
};
