import type { ServerResponse } from 'node:http';
import { brotliCompress, constants, deflate, gzip } from 'node:zlib';
import Negotiator from 'negotiator';
import { BoundedMap } from '../bounded-map.ts';

type Done = (error: Error | null, encoded: Buffer) => void;
type Encoder = (body: string | Buffer, done: Done) => void;

/** Levels that cost little: of JSON, higher ones take more time than they save bytes. All run outside the event loop. */
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };
const zlibOptions = { level: 3 };

/** In the order in which we prefer them. */
const encoders = {
  br: (body, done) => brotliCompress(body, brotliOptions, done),
  gzip: (body, done) => gzip(body, zlibOptions, done),
  deflate: (body, done) => deflate(body, zlibOptions, done),
} as const satisfies Record<string, Encoder>;

type Encoding = keyof typeof encoders;
const preferred = Object.keys(encoders) as Encoding[];

/** Less is not worth the time. */
const leastLength = 1024;

const isEncoding = (name: string | undefined): name is Encoding =>
  name !== undefined && Object.hasOwn(encoders, name);

/** The package's types do not know the second argument yet. */
type Negotiation = {
  encoding(
    available: readonly string[],
    options: { readonly preferred: readonly string[] },
  ): string | undefined;
};

/** There are as many different headers as there are kinds of clients. */
const negotiated = new BoundedMap<string, Encoding | 'none'>(100);

/** What to compress with for a client that sends this header. */
export const encodingFor = (acceptEncoding: string): Encoding | 'none' => {
  const known = negotiated.get(acceptEncoding);
  if (known) return known;
  const client: Negotiation = new Negotiator({ headers: { 'accept-encoding': acceptEncoding } });
  const best = client.encoding([...preferred, 'identity'], { preferred });
  const encoding = isEncoding(best) ? best : 'none';
  negotiated.set(acceptEncoding, encoding);
  return encoding;
};

/** Ends a response with the whole of its body: compressed, if the client takes that and it pays. Its headers are not sent yet. */
export const endWith = (response: ServerResponse, body: string | Buffer): void => {
  if (body.length < leastLength) {
    response.end(body);
    return;
  }
  const others = response.getHeader('vary');
  response.setHeader('vary', others ? `${others}, accept-encoding` : 'accept-encoding');
  const { 'accept-encoding': accepted } = response.req.headers;
  const encoding = typeof accepted === 'string' ? encodingFor(accepted) : 'none';
  if (encoding === 'none') {
    response.end(body);
    return;
  }
  encoders[encoding](body, (error, encoded) => {
    if (error) {
      response.end(body);
      return;
    }
    response.setHeader('content-length', encoded.length);
    response.setHeader('content-encoding', encoding);
    response.end(encoded);
  });
};
