import type { ServerResponse } from 'node:http';
import type { HTTPGraphQLResponse } from '@apollo/server';
import type { DeferredAnswer } from '../execution/defer/run-deferral.ts';
import type { Mask } from '../mask-error.ts';
import { endWith } from './compression.ts';
import type { Results } from './context-of.ts';
import { legacyStatus } from './legacy-status.ts';
import { partsContentType, writeParts } from './multipart.ts';

/** Writes what Apollo Server, or whoever answers in its place, has made of a request, and what follows it in parts. */
export const writeAnswer = async (
  response: ServerResponse,
  answer: HTTPGraphQLResponse,
  { setCookies, answerHeaders, parts, outcome }: Results,
  { accept, mask }: { readonly accept: string | undefined; readonly mask: Mask },
): Promise<void> => {
  setHeaders(response, answer, answerHeaders);
  if (setCookies.length > 0) response.setHeader('set-cookie', setCookies);
  response.statusCode = answer.status ?? 200;
  if (answer.body.kind !== 'complete') {
    for await (const chunk of answer.body.asyncIterator) response.write(chunk);
    response.end();
  } else if (parts?.rest) {
    response.setHeader('content-type', partsContentType);
    response.removeHeader('content-length');
    await writeParts(response, answer.body.string, maskEach(parts.rest, mask));
  } else {
    response.statusCode = legacyStatus(response.statusCode, accept, outcome);
    endWith(response, answer.body.string);
  }
};

const setHeaders = (
  response: ServerResponse,
  { headers }: HTTPGraphQLResponse,
  { vary, ...answerHeaders }: Results['answerHeaders'],
): void => {
  for (const [name, value] of headers) response.setHeader(name, value);
  response.setHeader('cache-control', 'private, no-store');
  response.setHeader('x-content-type-options', 'nosniff');
  for (const [name, value] of Object.entries(answerHeaders)) response.setHeader(name, value);
  if (vary) response.appendHeader('vary', vary);
};

async function* maskEach(
  rest: AsyncIterable<readonly DeferredAnswer[]>,
  mask: Mask,
): AsyncGenerator<readonly object[]> {
  for await (const answers of rest)
    yield answers.map(({ errors, ...answer }) =>
      errors ? { ...answer, errors: errors.map((error) => mask(error.toJSON(), error)) } : answer,
    );
}
