import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AvatarStore, avatarKey, largestUpload } from '../../application/profile/avatar-ports.ts';
import { refuse } from './avatar-refusal.ts';

/** Long enough to spare the service, short enough that an erased face is gone from caches within a day. */
const keepSeconds = 24 * 60 * 60;

/** Shows a picture to anyone who knows its name, which is random. */
export const serveAvatars =
  (store: Pick<AvatarStore, 'read'>) =>
  async ({ method, url = '' }: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (method !== 'GET' && method !== 'HEAD') {
      return refuse(response, 'METHOD_NOT_ALLOWED', { allow: 'GET, HEAD' });
    }
    const [, fileId] = /^\/avatars\/([\w-]{43})\.webp(?:\?|$)/.exec(url) ?? [];
    const picture = fileId === undefined ? null : await store.read(avatarKey(fileId), largestUpload);
    if (picture === null || picture === 'TOO_LARGE') return refuse(response, 'NOT_FOUND');
    response.writeHead(200, {
      'content-type': 'image/webp',
      'content-length': picture.length,
      'cache-control': `public, max-age=${keepSeconds}, immutable`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'cross-origin',
    });
    response.end(method === 'HEAD' ? undefined : picture);
  };
