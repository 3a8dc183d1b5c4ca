import type { Dispatcher } from 'undici';

/** A subgraph's answer as it came. Only `body` is of the subgraph's making; nothing here is for clients yet. */
export type RawAnswer = {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly setCookies: readonly string[];
};

type Question = Dispatcher.DispatchOptions & { readonly body: string };

/** One HTTP exchange whose answer is read whole: without the stream that undici's `request` makes of every body. */
export const exchange = (dispatcher: Dispatcher, question: Question): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    let status = 0;
    let contentType = '';
    let setCookies: readonly string[] = [];
    const chunks: Buffer[] = [];
    dispatcher.dispatch(question, {
      onRequestStart: () => {},
      onResponseStart: (_controller, statusCode, headers) => {
        status = statusCode;
        contentType = String(headers['content-type'] ?? '');
        setCookies = listOf(headers['set-cookie']);
      },
      onResponseData: (_controller, chunk) => {
        chunks.push(chunk);
      },
      onResponseEnd: () => resolve({ status, contentType, body: textOf(chunks), setCookies }),
      onResponseError: (_controller, error) => reject(error),
    });
  });

const listOf = (header: string | string[] | undefined): readonly string[] =>
  typeof header === 'string' ? [header] : (header ?? []);

const textOf = (chunks: readonly Buffer[]): string =>
  (chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)).toString();
