import type { IncomingMessage, ServerResponse } from 'node:http';
import { refuse } from './picture-refusal.ts';
import { largestUpload, type PictureStore } from './uploads.ts';

/** Shows a picture to anyone who knows its name, which is random and never another picture's. */
export const servePictures =
  (
    store: Pick<PictureStore, 'read'>,
    { path, keepSeconds }: { readonly path: string; readonly keepSeconds: number },
  ) =>
  async ({ method, url = '' }: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (method !== 'GET' && method !== 'HEAD') {
      return refuse(response, 'METHOD_NOT_ALLOWED', { headers: { allow: 'GET, HEAD' } });
    }
    const name = url.startsWith(path) ? url.slice(path.length) : '';
    const [, file] = /^([\w-]{43,64}\.webp)(?:\?|$)/.exec(name) ?? [];
    const picture = file === undefined ? null : await store.read(`${path.slice(1)}${file}`, largestUpload);
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
