import { createHash } from 'node:crypto';
import { networkOf } from '../client-network.ts';

/** Redis is to know no e-mail address. */
export const hidden = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** What all who come from one network are counted by. */
export const sourceOf = (address: string | null): string =>
  address === null ? 'unknown' : networkOf(address);
