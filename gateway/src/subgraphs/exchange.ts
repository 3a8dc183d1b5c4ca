import type { Dispatcher } from 'undici';
import type { AnswerTimeout, Deadlines } from './deadlines.ts';

/** A subgraph's answer as it came. Only `body` is of the subgraph's making; nothing here is for clients yet. */
export type RawAnswer = {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly setCookies: readonly string[];
};

type Question = Dispatcher.DispatchOptions & { readonly body: string };

/**
 * One HTTP exchange whose answer is read whole: without the stream that undici's `request` makes of every body. Its deadline
 * counts from here, so it covers the wait for a connection, too. undici's own timeouts do not serve: that of the body begins
 * anew with every chunk, and a subgraph that drips would never be late.
 */
export const exchange = (
  dispatcher: Dispatcher,
  question: Question,
  deadlines: Deadlines,
): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    let status = 0;
    let contentType = '';
    let setCookies: readonly string[] = [];
    const chunks: Buffer[] = [];
    let started: Dispatcher.DispatchController | null = null;
    let late: AnswerTimeout | null = null;
    const expire = (reason: AnswerTimeout): void => {
      late = reason;
      started?.abort(reason);
      reject(reason);
    };
    deadlines.watch(expire);
    dispatcher.dispatch(question, {
      onRequestStart: (controller) => {
        // Not yet sent: thrown, it ends here, while an abort would cost the connection.
        if (late) throw late;
        started = controller;
      },
      onResponseStart: (_controller, statusCode, headers) => {
        status = statusCode;
        contentType = String(headers['content-type'] ?? '');
        setCookies = listOf(headers['set-cookie']);
      },
      onResponseData: (_controller, chunk) => {
        chunks.push(chunk);
      },
      onResponseEnd: () => {
        deadlines.forget(expire);
        resolve({ status, contentType, body: textOf(chunks), setCookies });
      },
      onResponseError: (_controller, error) => {
        deadlines.forget(expire);
        reject(error);
      },
    });
  });

const listOf = (header: string | string[] | undefined): readonly string[] =>
  typeof header === 'string' ? [header] : (header ?? []);

const textOf = (chunks: readonly Buffer[]): string =>
  (chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)).toString();
