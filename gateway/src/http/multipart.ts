import type { ServerResponse } from 'node:http';

/** The version of incremental delivery that clients ask for, and are told of. */
const version = 'deferSpec=20220824';

export const partsContentType = `multipart/mixed; boundary="-"; ${version}`;

/** Whether a client reads answers that come in parts. */
export const takesParts = (accept: string | undefined): boolean =>
  (accept ?? '').split(',').some((range) => {
    const [type, ...parameters] = range.split(';').map((text) => text.trim().toLowerCase());
    return type === 'multipart/mixed' && parameters.includes(version.toLowerCase());
  });

const boundary = '\r\n---';
const part = (json: string): string =>
  `\r\ncontent-type: application/json; charset=utf-8\r\n\r\n${json}${boundary}`;

/** Writes the first answer, a JSON object, and each group of what follows as soon as it has come. Stops when the client has gone. */
export const writeParts = async (
  response: ServerResponse,
  first: string,
  rest: AsyncIterable<readonly unknown[]>,
): Promise<void> => {
  response.write(boundary + part(`${first.trimEnd().slice(0, -1)},"hasNext":true}`));
  for await (const incremental of rest) {
    if (response.destroyed) return;
    response.write(part(JSON.stringify({ incremental, hasNext: true })));
  }
  response.end(`${part('{"hasNext":false}')}--\r\n`);
};
