import sharp from 'sharp';
import type { UploadForm } from '../uploads.ts';

/** What somebody may send: 900 × 600 pixels of one colour. */
export const picture = (background = 'red') =>
  sharp({ create: { width: 900, height: 600, channels: 3, background } })
    .jpeg()
    .toBuffer();

/** Sends the form as a browser does; answers the status. */
export const upload = async ({ url, fields }: UploadForm, bytes: Uint8Array): Promise<number> => {
  const form = new FormData();
  for (const { name, value } of fields) form.append(name, value);
  form.append('file', new Blob([new Uint8Array(bytes)]), '../../evil.html');
  return (await fetch(url, { method: 'POST', body: form })).status;
};
