import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';

/** A body that is not read: `status` and `code` say why. */
export class BadBody extends Error {
  override readonly name = 'BadBody';
  constructor(
    readonly status: 400 | 413 | 415,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Reads a JSON body of at most `limit` bytes. Throws BadBody for anything else: what has another type is not even read. */
export const readJsonBody = async (request: IncomingMessage, limit: number): Promise<unknown> => {
  const { type, charset } = contentType(request.headers['content-type']);
  if (type !== 'application/json') throw new BadBody(415, 'BAD_REQUEST', 'Send application/json.');
  if (charset !== 'utf-8') throw new BadBody(415, 'BAD_REQUEST', 'Send JSON in UTF-8.');
  const { 'content-encoding': encoding = 'identity' } = request.headers;
  if (encoding.toLowerCase() !== 'identity')
    throw new BadBody(415, 'BAD_REQUEST', 'Send the body as it is: no content-encoding is read here.');
  const bytes = await readBytes(request, limit);
  if (!isUtf8(bytes)) throw new BadBody(400, 'BAD_REQUEST', 'The body is not UTF-8.');
  try {
    return JSON.parse(bytes.toString());
  } catch {
    throw new BadBody(400, 'BAD_REQUEST', 'The body is not JSON.');
  }
};

/** By events: an iterator over the stream would cost more than all else that is done to a small body. */
const readBytes = (request: IncomingMessage, limit: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const refuse = (): void =>
      reject(new BadBody(413, 'PAYLOAD_TOO_LARGE', `The body may have at most ${limit} bytes.`));
    if (Number(request.headers['content-length'] ?? 0) > limit) return refuse();
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else {
        request.pause();
        refuse();
      }
    });
    request.once('end', () =>
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)),
    );
    request.once('error', reject);
  });

const contentType = (header = ''): { type: string; charset: string } => {
  const [type = '', ...parameters] = header
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((one) => one.startsWith('charset='))?.replace(/^charset=|"/g, '');
  return { type, charset: charset === undefined || charset === 'utf8' ? 'utf-8' : charset };
};
