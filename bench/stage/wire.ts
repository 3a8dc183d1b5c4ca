/**
 * As much HTTP/1.1 as the measuring side needs, straight on sockets: what clients and subgraphs cost is taken from the
 * gateways that share the machine with them.
 */

const endOfHead = Buffer.from('\r\n\r\n');
const nothing = Buffer.alloc(0);

/** Cuts what a socket receives into messages. A body's length is told by its head, or by its chunks. */
export const readMessages = (onMessage: (head: string, body: Buffer) => void) => {
  let pending: Buffer = nothing;
  return (received: Buffer): void => {
    pending = pending.length === 0 ? received : Buffer.concat([pending, received]);
    for (let read = readMessage(pending); read; read = readMessage(pending)) {
      pending = pending.subarray(read.end);
      onMessage(read.head, read.body);
    }
  };
};

const readMessage = (bytes: Buffer) => {
  const headEnd = bytes.indexOf(endOfHead);
  if (headEnd < 0) return null;
  const head = bytes.toString('latin1', 0, headEnd);
  const begin = headEnd + endOfHead.length;
  const read = /\r\ntransfer-encoding: *chunked/i.test(head)
    ? readChunks(bytes, begin)
    : readLength(bytes, begin, Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0));
  return read && { head, ...read };
};

type Body = { readonly body: Buffer; readonly end: number } | null;

const readLength = (bytes: Buffer, begin: number, length: number): Body =>
  bytes.length < begin + length
    ? null
    : { body: bytes.subarray(begin, begin + length), end: begin + length };

const readChunks = (bytes: Buffer, begin: number): Body => {
  const chunks: Buffer[] = [];
  let at = begin;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return null;
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    const end = lineEnd + 2 + size + 2;
    if (bytes.length < end) return null;
    if (size === 0) return { body: Buffer.concat(chunks), end };
    chunks.push(bytes.subarray(lineEnd + 2, end - 2));
    at = end;
  }
};
