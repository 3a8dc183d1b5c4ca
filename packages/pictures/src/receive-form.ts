import type { IncomingMessage } from 'node:http';

/** A form's boundaries and part headers, beside the file itself. */
const formOverhead = 16 * 1024;

/** The file in a multipart form, or why there is none. */
export type ReceivedFile = Uint8Array | 'PAYLOAD_TOO_LARGE' | 'BAD_USER_INPUT';

/** Reads a form's `file`, and stops at the first byte too many, whatever the sender said of the length. */
export const receiveFile = async (request: IncomingMessage, atMost: number): Promise<ReceivedFile> => {
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return 'BAD_USER_INPUT';
  if (Number(request.headers['content-length'] ?? 0) > atMost + formOverhead) return 'PAYLOAD_TOO_LARGE';
  const chunks: Buffer[] = [];
  let length = 0;
  // Not `for await`: leaving that would destroy the socket, and the answer with it.
  const stopped = await new Promise<'PAYLOAD_TOO_LARGE' | 'BAD_USER_INPUT' | null>((resolve) => {
    if (request.destroyed) resolve('BAD_USER_INPUT');
    const onData = (chunk: Buffer) => {
      length += chunk.length;
      if (length <= atMost + formOverhead) return chunks.push(chunk);
      request.off('data', onData).pause();
      return resolve('PAYLOAD_TOO_LARGE');
    };
    request.on('data', onData);
    request.once('end', () => resolve(null));
    // The sender went away: nobody will read the answer.
    request.once('error', () => resolve('BAD_USER_INPUT'));
    request.once('close', () => resolve('BAD_USER_INPUT'));
  });
  if (stopped) return stopped;
  const file = await fileIn(Buffer.concat(chunks), type);
  if (file === null) return 'BAD_USER_INPUT';
  return file.length > atMost ? 'PAYLOAD_TOO_LARGE' : file;
};

const fileIn = async (body: Buffer<ArrayBuffer>, type: string): Promise<Uint8Array | null> => {
  try {
    const form = await new Response(body, { headers: { 'content-type': type } }).formData();
    const file = form.get('file');
    return typeof file === 'string' || file === null ? null : new Uint8Array(await file.arrayBuffer());
  } catch {
    return null;
  }
};
