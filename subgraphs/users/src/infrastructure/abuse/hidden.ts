import { createHash } from 'node:crypto';

/** Redis is to know no e-mail address. */
export const hidden = (text: string): string => createHash('sha256').update(text).digest('base64url');
