import { createHash } from 'node:crypto';
import type { Fingerprint } from '../application/place-order.ts';

/** SHA-256 in hexadecimal. */
export const sha256: Fingerprint = (text) => createHash('sha256').update(text).digest('hex');
